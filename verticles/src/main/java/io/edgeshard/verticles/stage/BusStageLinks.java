package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.protocol.StepId;
import io.edgeshard.verticles.protocol.StepSizeException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a stage's results over the bus, always from one event loop: a first send from any other
 * thread would wait, and order is kept per sender only.
 *
 * <p>A result that cannot be written is written once more, since a write that fails for a broken
 * connection makes room for a new one; a source that gets it twice counts it once. A step that
 * cannot be handed on is failed to its source.
 */
final class BusStageLinks implements StageLinks {
  private static final Logger LOG = LoggerFactory.getLogger(BusStageLinks.class);

  private final NodeId node;
  private final Bus bus;
  private final Executor loop;

  /** Writes one message; fails when it could not be written. */
  @FunctionalInterface
  interface Bus {
    Future<Void> write(String address, ProtocolMessage message);
  }

  BusStageLinks(NodeId node, EventBus bus, Context context) {
    this(
        node,
        (address, message) -> bus.<ProtocolMessage>sender(address).write(message),
        task -> context.runOnContext(go -> task.run()));
  }

  BusStageLinks(NodeId node, Bus bus, Executor loop) {
    this.node = node;
    this.bus = bus;
    this.loop = loop;
  }

  @Override
  public void forward(NodeId next, MicroBatch step) {
    loop.execute(
        () -> {
          try {
            List<Future<Void>> writes =
                Fragments.cut(step).stream()
                    .map(fragment -> bus.write(Addresses.stage(next), fragment))
                    .toList();
            Future.all(writes).onFailure(failure -> unreachable(next, step, failure));
          } catch (StepSizeException tooLarge) {
            fail(step, FailureCode.FATAL, String.valueOf(tooLarge.getMessage()));
          }
        });
  }

  @Override
  public void completed(NodeId source, StepCompleted completed) {
    loop.execute(() -> tell(source, completed.step(), completed));
  }

  @Override
  public void failed(NodeId source, StepFailed failed) {
    loop.execute(() -> tell(source, failed.step(), failed));
  }

  private void unreachable(NodeId next, MicroBatch step, Throwable failure) {
    LOG.warn(
        "event=step-not-handed-on step={} next={} reason=\"{}\"",
        step.step(),
        next,
        failure.getMessage());
    fail(
        step,
        FailureCode.RETRYABLE,
        node + " cannot reach " + next + ", which runs the next layers");
  }

  private void fail(MicroBatch step, FailureCode code, String message) {
    tell(
        step.source(),
        step.step(),
        new StepFailed(step.step(), step.sequences(), node, code, message));
  }

  private void tell(NodeId source, StepId step, ProtocolMessage result) {
    String address = Addresses.source(source);
    bus.write(address, result)
        .recover(
            failure -> {
              logUnwritten("sent once more", source, step, failure);
              return bus.write(address, result);
            })
        .onFailure(failure -> logUnwritten("lost", source, step, failure));
  }

  private static void logUnwritten(String fate, NodeId source, StepId step, Throwable failure) {
    LOG.warn(
        "event=result-not-written fate=\"{}\" step={} source={} reason=\"{}\"",
        fate,
        step,
        source,
        failure.getMessage());
  }
}
