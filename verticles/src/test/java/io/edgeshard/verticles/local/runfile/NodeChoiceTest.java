package io.edgeshard.verticles.local.runfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.verticles.local.node.NodeStartException;
import io.edgeshard.verticles.settings.SettingsException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeChoiceTest {
  private static RunFile node(String cluster, String name) {
    return new RunFile(
        name, cluster, ProcessIdentity.current(), null, null, "", "", null, null, Map.of());
  }

  @Test
  void of_onlyNode_needsNoName() {
    assertThat(NodeChoice.of(List.of(node("c", "a")), Optional.empty(), Optional.empty()).name())
        .isEqualTo("a");
  }

  @Test
  void of_name_findsIt() {
    List<RunFile> running = List.of(node("c", "a"), node("c", "b"), node("d", "b"));

    assertThat(NodeChoice.of(running, Optional.of("d"), Optional.of("b")))
        .isEqualTo(running.get(2));
  }

  @Test
  void of_severalMeant_namesThem() {
    List<RunFile> running = List.of(node("c", "a"), node("d", "a"));

    assertThatThrownBy(() -> NodeChoice.of(running, Optional.empty(), Optional.of("a")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "expected --name (and --cluster-name) to mean one running node, found 'a'; these run:"
                + " a (cluster c), a (cluster d)");
  }

  @Test
  void of_noneRuns_saysSo() {
    assertThatThrownBy(() -> NodeChoice.of(List.of(), Optional.empty(), Optional.empty()))
        .isInstanceOf(NodeStartException.class)
        .hasMessage("expected a node of this user on this machine, found none running");
  }
}
