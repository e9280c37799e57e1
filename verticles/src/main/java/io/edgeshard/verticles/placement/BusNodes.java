package io.edgeshard.verticles.placement;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.placement.task.PlacementTask;
import io.edgeshard.verticles.profile.LinkId;
import io.edgeshard.verticles.profile.Measurements;
import io.edgeshard.verticles.profile.schedule.Measuring;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.ProfileMessage;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureLink;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineLink;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes nodes load and measure over the bus; what they published is read before they count as done.
 * Not thread-safe: the placement's event loop.
 */
final class BusNodes implements Measuring, ShardLoading {
  private static final Logger LOG = LoggerFactory.getLogger(BusNodes.class);

  private static final Duration LOAD_LIMIT = Duration.ofMinutes(15);

  /** Nodes of one machine wait for each other. */
  private static final Duration NODE_LIMIT = Duration.ofMinutes(3);

  private static final Duration LINK_LIMIT = Duration.ofSeconds(20);

  private final EventBus bus;
  private final Context context;
  private final PlacementTask task;
  private final Supplier<Future<Measurements>> published;
  private Consumer<Measurements> listener = measurements -> {};
  private boolean reading;

  /** A way to measure for a task; {@code published} reads what nodes have published. */
  BusNodes(
      EventBus bus, Context context, PlacementTask task, Supplier<Future<Measurements>> published) {
    this.bus = bus;
    this.context = context;
    this.task = task;
    this.published = published;
  }

  /** Has {@code listener} told of what nodes have published. */
  void listen(Consumer<Measurements> hearing) {
    listener = hearing;
  }

  /** Reads what nodes have published, unless that is under way. */
  void read() {
    if (!reading) {
      reading = true;
      readNow().onComplete(done -> reading = false);
    }
  }

  private Future<Measurements> readNow() {
    return onMyLoop(published.get())
        .onSuccess(listener::accept)
        .onFailure(failure -> LOG.warn("event=look-failed reason=\"{}\"", failure.getMessage()));
  }

  @Override
  public CompletionStage<?> load(NodeId node, LoadShard command) {
    DeliveryOptions limit = new DeliveryOptions().setSendTimeout(LOAD_LIMIT.toMillis());
    return bus.<ProtocolMessage>request(Addresses.stage(node), command, limit)
        .recover(failure -> Future.failedFuture(NodeFailureException.of(node, failure, LOAD_LIMIT)))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<?> node(NodeId node, boolean fresh) {
    MeasureNode command =
        new MeasureNode(
            task.model().sha256(),
            task.model().weightType(),
            task.workload().prefillChunkTokens(),
            fresh);
    return ask(node, command, NODE_LIMIT);
  }

  @Override
  public CompletionStage<?> link(LinkId link, String toMemberId, boolean gentle) {
    int rowBytes = task.model().spec().hiddenSize() * Float.BYTES;
    return ask(link.from(), new MeasureLink(link.to(), toMemberId, rowBytes, gentle), LINK_LIMIT);
  }

  @Override
  public void seen(LinkId link, int bytes, double ms) {
    bus.send(Addresses.profile(link.from()), new RefineLink(link.to(), bytes, ms));
  }

  @Override
  public void seen(NodeId node, RefineStage stage) {
    bus.send(Addresses.profile(node), stage);
  }

  private CompletionStage<?> ask(NodeId node, ProfileMessage command, Duration limit) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(limit.toMillis());
    Future<?> measured =
        bus.<ProtocolMessage>request(Addresses.profile(node), command, options)
            .recover(failure -> Future.failedFuture(NodeFailureException.of(node, failure, limit)))
            .compose(done -> readNow());
    return measured.toCompletionStage();
  }

  private <T> Future<T> onMyLoop(Future<T> future) {
    return Future.fromCompletionStage(future.toCompletionStage(), context);
  }
}
