package io.edgeshard.verticles.profile.node;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.profile.Quiet;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.profile.NodeMeasurement;
import io.edgeshard.verticles.profile.ProfileMaps;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureLink;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import io.edgeshard.verticles.protocol.ProfileMessage.Measured;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineLink;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's profile on the bus: measures when asked, publishes, and publishes again. */
public final class ProfileVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileVerticle.class);
  private static final Duration PUBLISH_INTERVAL = Duration.ofSeconds(5);

  private final NodeId node;
  private final OwnMeasurements own;
  private final NodeProfiler profiler;
  private final ShardThread shardThread;
  private final Quiet quiet;
  private final ExecutorService measuringThread;
  private final ProfileMaps maps;
  private @Nullable LinkMeter meter;

  /**
   * A profile of nothing yet.
   *
   * @param shardThread the node's
   * @param quiet when nothing is served
   */
  public ProfileVerticle(
      NodeFacts facts,
      NodeProfiler profiler,
      ShardThread shardThread,
      Quiet quiet,
      ProfileMaps maps) {
    this.node = new NodeId(facts.node());
    this.quiet = quiet;
    this.measuringThread =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "measuring-" + node));
    this.own = new OwnMeasurements(node, facts.memberId());
    this.profiler = profiler;
    this.shardThread = shardThread;
    this.maps = maps;
  }

  @Override
  public Future<?> start() {
    meter = new LinkMeter(new BusLinks(vertx, context, shardThread, quiet), System::nanoTime);
    vertx.setPeriodic(PUBLISH_INTERVAL.toMillis(), tick -> publishAgain());
    return vertx
        .eventBus()
        .<ProtocolMessage>consumer(
            Addresses.profile(node),
            message -> take(message.body()).ifPresent(done -> reply(message, done)))
        .completion();
  }

  @Override
  public Future<?> stop() {
    List<Future<Void>> removals = new ArrayList<>();
    own.self().ifPresent(self -> removals.add(maps.nodes().remove(self.node(), self)));
    own.links().forEach(link -> removals.add(maps.links().remove(link.id().key(), link)));
    measuringThread.shutdownNow();
    return Future.join(removals).otherwiseEmpty();
  }

  /** Who is here; may be called by any thread. */
  public void nodesAre(List<NodeInfo> here) {
    context.runOnContext(
        go ->
            own.forgetLinksExceptTo(
                here.stream().map(NodeInfo::memberId).collect(Collectors.toSet())));
  }

  private Optional<Future<?>> take(ProtocolMessage message) {
    if (message instanceof MeasureNode command) {
      return Optional.of(
          Future.fromCompletionStage(measure(command), context)
              .compose(measured -> maps.put(own.measured(measured))));
    } else if (message instanceof MeasureLink command) {
      return Optional.of(
          Future.fromCompletionStage(Objects.requireNonNull(meter).measure(command), context)
              .compose(figures -> maps.put(own.measured(command, figures))));
    } else if (message instanceof RefineLink seen) {
      own.refined(seen).ifPresent(link -> logFailure(maps.put(link)));
    } else if (message instanceof RefineStage seen) {
      own.refined(seen).ifPresent(self -> logFailure(maps.put(self)));
    }
    return Optional.empty();
  }

  /**
   * On a thread of its own, so that no step waits for it; what the shard's thread has to do already
   * comes first.
   */
  private CompletionStage<NodeMeasurement> measure(MeasureNode command) {
    return shardThread
        .run(System::nanoTime)
        .thenApplyAsync(free -> profiler.measure(command), measuringThread);
  }

  private void publishAgain() {
    own.self().ifPresent(self -> logFailure(maps.put(self)));
    own.links().forEach(link -> logFailure(maps.put(link)));
  }

  private static void logFailure(Future<Void> publication) {
    publication.onFailure(
        failure -> LOG.warn("event=publish-failed reason=\"{}\"", failure.getMessage()));
  }

  private void reply(Message<ProtocolMessage> message, Future<?> done) {
    done.onSuccess(measured -> message.reply(new Measured()))
        .onFailure(
            failure ->
                message.fail(
                    FailureCode.RETRYABLE.number(), NodeFailureException.told(node, failure)));
  }
}
