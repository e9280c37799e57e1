package io.edgeshard.verticles.cluster;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.Node;
import io.edgeshard.verticles.config.JoinToken;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.config.NodeConfig.Address;
import io.edgeshard.verticles.config.NodeConfig.Http;
import io.edgeshard.verticles.config.NodeConfig.ServingSettings;
import io.edgeshard.verticles.config.NodeConfig.ShardSettings;
import io.edgeshard.verticles.config.PlanningSettings;
import io.edgeshard.verticles.local.node.EdgeShardNode;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Real nodes on real Hazelcast and HTTP, all in this JVM. */
final class TestCluster implements AutoCloseable {
  private static final JoinToken TOKEN = JoinToken.random();
  private static final String LOOPBACK = "127.0.0.1";
  private static final int LIMIT_SECONDS = 60;
  private final String name = "test-" + UUID.randomUUID();
  private final List<EdgeShardNode> nodes = new ArrayList<>();
  private final Path model;
  private final Path cache;
  private final ServingSettings serving;
  private Optional<Address> first = Optional.empty();

  private TestCluster(Path model, Path cache, ServingSettings serving) {
    this.model = model;
    this.cache = cache;
    this.serving = serving;
  }

  /** A cluster that is ready: a node for each of {@code layers}. */
  static TestCluster start(Path model, Path cache, WeightType weights, int context, int... layers) {
    List<Integer> counts = new ArrayList<>();
    for (int count : layers) {
      counts.add(count);
    }
    ServingSettings serving =
        new ServingSettings(
            weights,
            layers.length,
            counts,
            Optional.of(context),
            4,
            8,
            32,
            PlanningSettings.USUAL,
            SamplingChoice.NONE);
    TestCluster cluster = new TestCluster(model, cache, serving);
    for (int i = 0; i < layers.length; i++) {
      cluster.add(i);
    }
    cluster.api().awaitReady();
    return cluster;
  }

  /** A cluster that is ready, whose nodes measure themselves and are planned for by name. */
  static TestCluster planned(Path model, Path cache, String planner, int nodes) {
    PlanningSettings usual = PlanningSettings.USUAL;
    PlanningSettings planning =
        new PlanningSettings(
            usual.objective(), Optional.of(planner), 0, usual.excluded(), usual.slowerAllowed());
    ServingSettings serving =
        new ServingSettings(
            WeightType.EXACT,
            nodes,
            List.of(),
            Optional.of(256),
            4,
            8,
            32,
            planning,
            SamplingChoice.NONE);
    TestCluster cluster = new TestCluster(model, cache, serving);
    for (int i = 0; i < nodes; i++) {
      cluster.add(i);
    }
    cluster.api().awaitReady();
    return cluster;
  }

  Api api() {
    return new Api("http://" + nodes.get(0).httpAddress().orElseThrow());
  }

  /** Starts one more node, which is not the cluster's to close. */
  Future<EdgeShardNode> join(String node) {
    return join(node, TOKEN);
  }

  /** The same with a token of one's own. */
  Future<EdgeShardNode> join(String node, JoinToken token) {
    return Node.start(config(node, new Address(LOOPBACK, FreePorts.next()), token));
  }

  private void add(int index) {
    Address address = new Address(LOOPBACK, FreePorts.next());
    nodes.add(await(Node.start(config("node-" + (index + 1), address, TOKEN))));
    first = first.or(() -> Optional.of(address));
  }

  private NodeConfig config(String node, Address address, JoinToken token) {
    return new NodeConfig(
        new NodeId(node),
        name,
        token,
        LOOPBACK,
        address.port(),
        FreePorts.next(),
        first,
        first.isEmpty() ? Optional.of(new Http(LOOPBACK, 0)) : Optional.empty(),
        Optional.of(model),
        cache,
        new ShardSettings(2, OptionalLong.of(4L << 30), "this-machine", Optional.empty()),
        serving);
  }

  @Override
  public void close() {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      await(nodes.get(i).close());
    }
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError("expected an end within " + LIMIT_SECONDS + " s", late);
    }
  }
}
