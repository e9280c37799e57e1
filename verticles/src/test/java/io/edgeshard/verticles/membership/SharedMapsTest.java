package io.edgeshard.verticles.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.verticles.CapturedLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The maps of one process: what they hold is the same, and so is what is atomic. */
class SharedMapsTest {
  private final Vertx vertx = Vertx.vertx();
  private final SharedMaps maps = new SharedMaps(vertx, Duration.ofMillis(1));
  private final Set<String> alive = new HashSet<>(Set.of("m1", "m2"));

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void nodes_oneValueDamaged_givesTheOthersAndSaysSoOnce() {
    await(maps.putNode(node("good", "m1")));
    await(names("edgeshard.nodes").put("bad", "{\"node\":\"bad\""));
    try (CapturedLog log = CapturedLog.of(SharedTable.class)) {
      assertThat(await(maps.nodes())).containsExactly(node("good", "m1"));
      assertThat(await(maps.nodes())).containsExactly(node("good", "m1"));
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("event=value-left-out map=edgeshard.nodes key=bad", "shared value of NodeInfo");
    }
  }

  @Test
  void nodes_valuesThatMakeNoSense_areLeftOut() {
    AsyncMap<String, String> nodes = names("edgeshard.nodes");
    await(nodes.put("a", "null"));
    await(nodes.put("b", "{}"));
    await(nodes.put("c", SharedMaps.write(node("other", "m1"))));
    await(
        nodes.put("d", "{\"node\":\"d\",\"memberId\":\"m\",\"host\":\"h\",\"protocolVersion\":1}"));
    await(nodes.put("e e", SharedMaps.write(node("e", "m1")).replace("\"e\"", "\"e e\"")));
    assertThat(await(maps.nodes())).isEmpty();
  }

  @Test
  void nodes_valueOfALaterRelease_isRead() {
    String text = SharedMaps.write(node("a", "m1")).replace("{", "{\"later\":[1],");
    await(names("edgeshard.nodes").put("a", text));
    assertThat(await(maps.nodes())).containsExactly(node("a", "m1"));
  }

  @Test
  void model_damaged_failsWithASentence() {
    await(names("edgeshard.model").put("current", "{\"id\":\"m\"}"));
    assertThatThrownBy(() -> await(maps.model()))
        .hasMessageContaining("expected a shared value of ModelInfo");
  }

  @Test
  void claimName_twoTogether_oneHasIt() {
    List<Future<Optional<NodeInfo>>> claims = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      claims.add(claim(node("twin", "m" + i)));
    }
    assertThat(claims.stream().map(SharedMapsTest::await).toList())
        .containsExactlyInAnyOrder(Optional.empty(), Optional.of(node("twin", "m1")));
  }

  @Test
  void claimName_again_isStillOurs() {
    assertThat(await(claim(node("twin", "m1")))).isEmpty();
    assertThat(await(claim(node("twin", "m1")))).isEmpty();
  }

  @Test
  void claimName_holderIsGone_isTakenOver() {
    await(claim(node("twin", "m1")));
    alive.remove("m1");
    assertThat(await(claim(node("twin", "m2")))).isEmpty();
    assertThat(await(claim(node("twin", "m3")))).contains(node("twin", "m2"));
  }

  @Test
  void claimName_holderIsSeenALittleLate_keepsIt() {
    await(claim(node("twin", "m1")));
    List<String> looks = new ArrayList<>();
    Future<Optional<NodeInfo>> second =
        maps.claimName(
            node("twin", "m2"),
            holder -> {
              looks.add(holder.memberId());
              return looks.size() > 1;
            });
    assertThat(await(second)).contains(node("twin", "m1"));
    assertThat(looks).containsExactly("m1", "m1");
  }

  @Test
  void claimName_damagedClaim_isTakenOver() {
    await(names("edgeshard.names").put("twin", "nonsense"));
    assertThat(await(claim(node("twin", "m1")))).isEmpty();
    assertThat(await(claim(node("twin", "m2")))).contains(node("twin", "m1"));
  }

  @Test
  void removeNode_nameOfAnotherProcess_isLeftAlone() {
    await(claim(node("twin", "m1")));
    await(maps.putNode(node("twin", "m1")));
    await(maps.removeNode(node("twin", "m2")));
    assertThat(await(maps.nodes())).hasSize(1);
    await(maps.removeNode(node("twin", "m1")));
    assertThat(await(maps.nodes())).isEmpty();
    assertThat(await(claim(node("twin", "m2")))).isEmpty();
  }

  private Future<Optional<NodeInfo>> claim(NodeInfo self) {
    return maps.claimName(self, holder -> alive.contains(holder.memberId()));
  }

  private AsyncMap<String, String> names(String map) {
    return await(vertx.sharedData().<String, String>getAsyncMap(map));
  }

  private static NodeInfo node(String name, String memberId) {
    return new NodeInfo(name, memberId, "127.0.0.1", 1 << 20, 1, "");
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("expected an answer within 10 s", late);
    }
  }
}
