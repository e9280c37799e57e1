package io.edgeshard.verticles;

import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.node.ClusterView;
import io.edgeshard.verticles.local.node.EdgeShardNode;
import io.edgeshard.verticles.machine.HostMemory;
import io.edgeshard.verticles.membership.Cluster;
import io.edgeshard.verticles.membership.MembershipVerticle;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.membership.SharedMaps;
import io.edgeshard.verticles.profile.ProfileMaps;
import io.edgeshard.verticles.profile.node.ModelMeasuring;
import io.edgeshard.verticles.profile.node.NodeFacts;
import io.edgeshard.verticles.profile.node.NodeProfiler;
import io.edgeshard.verticles.profile.node.ProfileVerticle;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.ProtocolMessage.NodeLeaving;
import io.edgeshard.verticles.protocol.wire.ProtocolCodec;
import io.edgeshard.verticles.stage.ModelShards;
import io.edgeshard.verticles.stage.StageVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's process: forms or joins the cluster and deploys the verticles of its role. What both
 * roles have stands here; {@link FirstNode} serves clients and places layers, {@link JoiningNode}
 * learns the model from the cluster.
 */
public final class Node implements EdgeShardNode {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration MEMORY_INTERVAL = Duration.ofSeconds(2);

  /** For closing a node: its verticles, what they use, and its leave of the cluster. */
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

  /** Of it, what closing the verticles and what they use may take; the leave has all the rest. */
  private static final Duration UNDEPLOY_LIMIT = Duration.ofMillis(2500);

  private final NodeConfig config;
  private final Cluster cluster;
  private final SharedMaps maps;
  private final NodeFacts facts;
  private final NodeInfo self;
  private final AtomicLong residentBytes = new AtomicLong();
  private final Opened opened = new Opened();
  private final List<Consumer<List<NodeInfo>>> listeners = new CopyOnWriteArrayList<>();
  private Optional<NodeConfig.Address> httpAddress = Optional.empty();
  private Optional<JoinedCluster> joined = Optional.empty();
  private SamplingChoice recommendedSampling = SamplingChoice.NONE;
  private volatile boolean hasName;

  private Node(NodeConfig config, Cluster cluster, HostMemory memory) {
    this.config = config;
    this.cluster = cluster;
    this.maps = new SharedMaps(cluster.vertx());
    this.facts = NodeFacts.of(config, cluster.memberId(), memory);
    this.self =
        new NodeInfo(
                config.node().value(),
                cluster.memberId(),
                config.host(),
                facts.memoryLimitBytes(),
                ProtocolCodec.VERSION,
                "")
            .provenWith(config.joinToken());
  }

  /** Starts a node; completes once it is in its cluster and, if it serves clients, listens. */
  public static Future<EdgeShardNode> start(NodeConfig config) {
    // A promise of no context: those of an event loop are lost once the loop has ended.
    Promise<EdgeShardNode> started = Promise.promise();
    Cluster.form(config)
        .onFailure(started::fail)
        .onSuccess(cluster -> start(config, cluster, started));
    return started.future();
  }

  private static void start(NodeConfig config, Cluster cluster, Promise<EdgeShardNode> started) {
    Vertx vertx = cluster.vertx();
    ProtocolCodec.register(vertx.eventBus());
    vertx
        .executeBlocking(() -> new Node(config, cluster, HostMemory.now()))
        .onFailure(failure -> vertx.close().onComplete(closed -> started.fail(failure)))
        .onSuccess(
            node ->
                node.begin()
                    .onSuccess(begun -> started.complete(node))
                    .onFailure(
                        failure -> node.close().onComplete(closed -> started.fail(failure))));
  }

  private Future<Void> begin() {
    long memoryTimer = vertx().setPeriodic(0, MEMORY_INTERVAL.toMillis(), tick -> measureMemory());
    owned((AutoCloseable) () -> vertx().cancelTimer(memoryTimer));
    return enter()
        .compose(entered -> cluster.claimName(maps, self))
        .onSuccess(claimed -> hasName = true)
        .compose(
            claimed ->
                config.join().isEmpty()
                    ? new FirstNode(this).start()
                    : new JoiningNode(this).start());
  }

  private Future<Void> enter() {
    if (config.join().isEmpty()) {
      return maps.announce(self);
    }
    return cluster.memberIds().size() < 2
        ? Future.failedFuture(
            new IllegalStateException(
                "expected to join the cluster %s at %s, found nobody who let this node in: check the address, --cluster-name, and that both run the same release"
                    .formatted(config.clusterName(), config.join().get())))
        : cluster.enter(maps, self);
  }

  private void measureMemory() {
    cluster.vertx().executeBlocking(HostMemory::residentBytes, false).onSuccess(residentBytes::set);
  }

  NodeConfig config() {
    return config;
  }

  NodeFacts facts() {
    return facts;
  }

  Vertx vertx() {
    return cluster.vertx();
  }

  Cluster cluster() {
    return cluster;
  }

  SharedMaps maps() {
    return maps;
  }

  /** Has something closed when the node is. */
  <T extends AutoCloseable> T owned(T resource) {
    return opened.add(resource);
  }

  void servesAt(NodeConfig.Address address) {
    httpAddress = Optional.of(address);
  }

  void sees(JoinedCluster others) {
    joined = Optional.of(others);
    listen(others::nodesAre);
  }

  void recommends(SamplingChoice sampling) {
    recommendedSampling = sampling;
  }

  /** Deploys a verticle; those deployed last are undeployed first. */
  <T extends VerticleBase> Future<T> deploy(T verticle) {
    return vertx()
        .deployVerticle(verticle)
        .onSuccess(
            id ->
                opened.add(
                    verticle.getClass().getSimpleName(),
                    () -> vertx().undeploy(id).toCompletionStage()))
        .map(verticle);
  }

  /** Deploys the node's stage, whose shards are of the model files that {@code files} finds. */
  Future<StageVerticle> deployStage(Function<String, Path> files) {
    ModelShards shards =
        owned(new ModelShards(files, config.shard().threads(), self.memoryLimitBytes()));
    StageVerticle stage = new StageVerticle(config.node(), shards, residentBytes::get);
    return deploy(stage).compose(deployed -> deployProfile(deployed, files));
  }

  private Future<StageVerticle> deployProfile(StageVerticle stage, Function<String, Path> files) {
    NodeProfiler profiler =
        new NodeProfiler(
            facts,
            new ModelMeasuring(files, config.shard().threads(), stage.activity()),
            config.profileFolder());
    ProfileVerticle profile =
        new ProfileVerticle(
            facts, profiler, stage::onShardThread, stage.activity(), ProfileMaps.of(maps));
    listeners.add(profile::nodesAre);
    return deploy(profile).map(stage);
  }

  /** Has somebody told who is here, once the node is announced. */
  void listen(Consumer<List<NodeInfo>> listener) {
    listeners.add(listener);
  }

  /** Announces the node; from then on it hears who is here. */
  Future<Void> deployMembership(StageVerticle stage) {
    listeners.add(new LostSources(stage::releaseAllOf));
    return deploy(new MembershipVerticle(cluster, maps, self, listeners)).mapEmpty();
  }

  @Override
  public Optional<NodeConfig.Address> httpAddress() {
    return httpAddress;
  }

  @Override
  public SamplingChoice recommendedSampling() {
    return recommendedSampling;
  }

  @Override
  public Optional<ClusterView> view() {
    return joined.map(JoinedCluster::view);
  }

  @Override
  public Future<Void> close() {
    if (hasName) {
      vertx().eventBus().publish(Addresses.placement(), new NodeLeaving(config.node()));
    }
    // Of no context, as in start.
    Promise<Void> done = Promise.promise();
    long start = System.nanoTime();
    within(UNDEPLOY_LIMIT, opened.close())
        .whenComplete(
            (closed, late) -> {
              if (late != null) {
                LOG.warn("event=close-late limit={} then=\"leaving the cluster\"", UNDEPLOY_LIMIT);
              }
              within(
                      CLOSE_LIMIT.minusNanos(System.nanoTime() - start),
                      vertx().close().toCompletionStage())
                  .whenComplete(
                      (left, failure) ->
                          done.complete(
                              null, failure instanceof TimeoutException ? late() : failure));
            });
    return done.future();
  }

  private static IllegalStateException late() {
    return new IllegalStateException(
        "expected the node to close and leave its cluster within %d ms, found it still leaving"
            .formatted(CLOSE_LIMIT.toMillis()));
  }

  private static <T> CompletionStage<T> within(Duration limit, CompletionStage<T> end) {
    return end.toCompletableFuture().copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
