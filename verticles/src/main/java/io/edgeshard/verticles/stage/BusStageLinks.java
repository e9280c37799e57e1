package io.edgeshard.verticles.stage;

import io.edgeshard.planner.NodeId;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.RunStage;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;

/**
 * Sends a stage's results over the bus, always from one event loop: a first send from any other
 * thread would wait, and order is kept per sender only.
 */
final class BusStageLinks implements StageLinks {
  private final NodeId node;
  private final EventBus bus;
  private final Context context;

  BusStageLinks(NodeId node, EventBus bus, Context context) {
    this.node = node;
    this.bus = bus;
    this.context = context;
  }

  @Override
  public void forward(NodeId next, RunStage step) {
    context.runOnContext(
        go ->
            Fragments.cut(step)
                .forEach(
                    fragment ->
                        write(Addresses.stage(next), fragment)
                            .onFailure(failure -> unreachable(next, step))));
  }

  @Override
  public void completed(NodeId source, StepCompleted completed) {
    context.runOnContext(go -> write(Addresses.source(source), completed));
  }

  @Override
  public void failed(NodeId source, StepFailed failed) {
    context.runOnContext(go -> write(Addresses.source(source), failed));
  }

  private void unreachable(NodeId next, RunStage step) {
    String message = node + " cannot reach " + next + ", which runs the next layers";
    write(
        Addresses.source(step.source()),
        new StepFailed(step.step(), node, FailureCode.RETRYABLE, message));
  }

  private Future<Void> write(String address, ProtocolMessage message) {
    return bus.<ProtocolMessage>sender(address).write(message);
  }
}
