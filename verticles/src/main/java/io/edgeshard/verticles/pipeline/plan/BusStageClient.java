package io.edgeshard.verticles.pipeline.plan;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.Probe;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Speaks to stages over the event bus, from the pipeline's event loop. */
public final class BusStageClient implements StageClient {
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(8);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

  private final EventBus bus;

  /** Speaks over {@code bus}, whose codec is the protocol's. */
  public BusStageClient(EventBus bus) {
    this.bus = bus;
  }

  @Override
  public CompletionStage<?> open(NodeId node, OpenSequence command) {
    DeliveryOptions limit = new DeliveryOptions().setSendTimeout(OPEN_LIMIT.toMillis());
    return bus.<ProtocolMessage>request(Addresses.stage(node), command, limit)
        .recover(failure -> Future.failedFuture(NodeFailureException.of(node, failure, OPEN_LIMIT)))
        .toCompletionStage();
  }

  @Override
  public CompletionStage<?> run(NodeId node, MicroBatch step) {
    List<Future<Void>> writes =
        Fragments.cut(step).stream().map(fragment -> write(node, fragment)).toList();
    return Future.all(writes).toCompletionStage();
  }

  @Override
  public void release(NodeId node, ReleaseSequence command) {
    // A node that is gone has nothing to forget; one that missed it forgets when its lease ends.
    bus.send(Addresses.stage(node), command);
  }

  @Override
  public CompletionStage<?> probe(NodeId node) {
    DeliveryOptions limit = new DeliveryOptions().setSendTimeout(PROBE_LIMIT.toMillis());
    return bus.<ProtocolMessage>request(Addresses.stage(node), new Probe(), limit)
        .map(Message::body)
        .toCompletionStage();
  }

  private Future<Void> write(NodeId node, ProtocolMessage message) {
    return bus.<ProtocolMessage>sender(Addresses.stage(node))
        .write(message)
        .recover(failure -> Future.failedFuture(NodeFailureException.unreachable(node, failure)));
  }
}
