package io.edgeshard.verticles.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.CapturedLog;
import io.edgeshard.verticles.config.JoinToken;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private final JoinToken token = JoinToken.random();
  private final JoinToken another = JoinToken.random();
  private long nowMillis = 1000;
  private final Refusals refusals = new Refusals(token, () -> nowMillis);

  @Test
  void of_proven_refusesNobody() {
    assertThat(refusals.of(List.of(node("ours", "m1").provenWith(token)))).isEmpty();
  }

  @Test
  void of_whatWasProvenIsAltered_refusesIt() {
    String proof = node("ours", "m1").provenWith(token).proof();
    List<NodeInfo> altered =
        List.of(
            new NodeInfo("other", "m1", "127.0.0.1", 1 << 20, 1, proof),
            new NodeInfo("ours", "m2", "127.0.0.1", 1 << 20, 1, proof),
            new NodeInfo("ours", "m1", "127.0.0.2", 1 << 20, 1, proof),
            new NodeInfo("ours", "m1", "127.0.0.1", 1 << 30, 1, proof),
            new NodeInfo("ours", "m1", "127.0.0.1", 1 << 20, 2, proof));
    assertThat(altered).noneMatch(info -> info.isProvenWith(token));
  }

  @Test
  void of_stranger_isLoggedOnceAndShownForAWhileAfterItHasGone() {
    List<NodeInfo> stranger = List.of(node("stranger", "m2").provenWith(another));
    RefusedNode shown = new RefusedNode("stranger", "127.0.0.1");
    try (CapturedLog log = CapturedLog.of(Refusals.class)) {
      assertThat(refusals.of(stranger)).containsExactly(shown);
      assertThat(refusals.of(stranger)).containsExactly(shown);
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("event=node-refused node=stranger host=127.0.0.1");
    }
    nowMillis += 599_000;
    assertThat(refusals.of(List.of())).containsExactly(shown);
    nowMillis += 2_000;
    assertThat(refusals.of(List.of())).isEmpty();
  }

  @Test
  void of_moreThanAreShown_keepsTheLatest() {
    for (int i = 0; i < 100; i++) {
      refusals.of(List.of(node("n" + i, "m" + i)));
    }
    assertThat(refusals.of(List.of()))
        .hasSize(16)
        .last()
        .isEqualTo(new RefusedNode("n99", "127.0.0.1"));
  }

  private static NodeInfo node(String name, String memberId) {
    return new NodeInfo(name, memberId, "127.0.0.1", 1 << 20, 1, "");
  }
}
