package io.edgeshard.verticles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.sampling.SamplingChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
  private static final Optional<NodeConfig.Address> OTHER =
      Optional.of(new NodeConfig.Address("192.0.2.1", 5701));
  private static final Optional<NodeConfig.Http> HTTP =
      Optional.of(new NodeConfig.Http("127.0.0.1", 0));
  private static final Optional<Path> MODEL = Optional.of(Path.of("m.gguf"));

  @Test
  void node_firstAndJoining_areTaken() {
    assertThat(node("c", "h", 1, 65_535, Optional.empty(), HTTP, MODEL).join()).isEmpty();
    assertThat(node("c", "h", 1, 2, OTHER, Optional.empty(), Optional.empty()).join()).isPresent();
  }

  @Test
  void node_firstWithoutModelOrHttp_isRefused() {
    assertRefused(
        () -> node("c", "h", 1, 2, Optional.empty(), HTTP, Optional.empty()),
        "expected a model for the first node: name one with --model, found none");
    assertRefused(
        () -> node("c", "h", 1, 2, Optional.empty(), Optional.empty(), MODEL),
        "expected an HTTP address for the first node, which serves clients, found none");
  }

  @Test
  void node_namesAndPortsThatCannotBe_areRefused() {
    assertRefused(
        () -> node(" ", "h", 1, 2, OTHER, HTTP, MODEL), "expected a cluster name, found ' '");
    assertRefused(() -> node("c", "", 1, 2, OTHER, HTTP, MODEL), "expected a host, found ''");
    assertRefused(
        () -> node("c", "h", 0, 2, OTHER, HTTP, MODEL),
        "expected a cluster port of 1 to 65535, found 0");
    assertRefused(
        () -> node("c", "h", 1, 65_536, OTHER, HTTP, MODEL),
        "expected a bus port of 1 to 65535, found 65536");
  }

  @Test
  void addresses_thatCannotBe_areRefused() {
    assertRefused(() -> new NodeConfig.Address("h", 0), "expected a port of 1 to 65535, found 0");
    assertRefused(() -> new NodeConfig.Address("", 1), "expected a host, found ''");
    assertRefused(
        () -> new NodeConfig.Http("h", -1), "expected a port to serve on of 0 to 65535, found -1");
    assertRefused(() -> new NodeConfig.Http("", 1), "expected a host to serve on, found ''");
  }

  @Test
  void shard_thatCannotRun_isRefused() {
    assertRefused(
        () -> new NodeConfig.ShardSettings(0, OptionalLong.empty(), "m", Optional.empty()),
        "expected a number of threads of 1 or more, found 0");
    assertRefused(
        () -> new NodeConfig.ShardSettings(1, OptionalLong.of(0), "m", Optional.empty()),
        "expected a memory limit in bytes of 1 or more, found 0");
  }

  @Test
  void serving_thatCannotBePromised_isRefused() {
    assertRefused(
        () -> serving(0, List.of(), 64, 1, 0, 1),
        "expected a number of nodes of 1 or more, found 0");
    assertRefused(
        () -> serving(1, List.of(2, 2), 64, 1, 0, 1),
        "expected a number of stages with layers by hand of 0 to 1, found 2");
    assertRefused(
        () -> serving(2, List.of(2, 0), 64, 1, 0, 1),
        "expected a number of layers of 1 or more, found 0");
    assertRefused(
        () -> serving(1, List.of(), 0, 1, 0, 1),
        "expected a context in tokens of 1 or more, found 0");
    assertRefused(
        () -> serving(1, List.of(), 64, 0, 0, 1),
        "expected a number of sequences of 1 or more, found 0");
    assertRefused(
        () -> serving(1, List.of(), 64, 1, -1, 1),
        "expected a number of waiting sequences of 0 or more, found -1");
    assertRefused(
        () -> serving(1, List.of(), 64, 1, 0, 0),
        "expected a prefill chunk in tokens of 1 or more, found 0");
  }

  private static void assertRefused(Supplier<?> config, String sentence) {
    assertThatThrownBy(config::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }

  private static NodeConfig node(
      String clusterName,
      String host,
      int clusterPort,
      int busPort,
      Optional<NodeConfig.Address> join,
      Optional<NodeConfig.Http> http,
      Optional<Path> model) {
    return new NodeConfig(
        new NodeId("a"),
        clusterName,
        JoinToken.random(),
        host,
        clusterPort,
        busPort,
        join,
        http,
        model,
        Path.of("cache"),
        new NodeConfig.ShardSettings(1, OptionalLong.empty(), "m", Optional.empty()),
        serving(1, List.of(), 64, 1, 0, 1));
  }

  private static NodeConfig.ServingSettings serving(
      int nodes, List<Integer> layers, int context, int sequences, int queued, int chunk) {
    return new NodeConfig.ServingSettings(
        WeightType.FAST,
        nodes,
        layers,
        Optional.of(context),
        sequences,
        queued,
        chunk,
        PlanningSettings.USUAL,
        SamplingChoice.NONE);
  }
}
