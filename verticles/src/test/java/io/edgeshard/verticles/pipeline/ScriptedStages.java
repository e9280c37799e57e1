package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.verticles.pipeline.plan.StageClient;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.verticles.protocol.StepCompleted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Stages that note what they are told and answer when the test says so. */
final class ScriptedStages implements StageClient {
  final List<OpenSequence> opened = new ArrayList<>();
  final Deque<MicroBatch> steps = new ArrayDeque<>();
  final List<ReleaseSequence> released = new ArrayList<>();
  CompletionStage<?> openAnswer = CompletableFuture.completedFuture(null);
  CompletionStage<?> runAnswer = CompletableFuture.completedFuture(null);

  @Override
  public CompletionStage<?> open(NodeId node, OpenSequence command) {
    opened.add(command);
    return openAnswer;
  }

  @Override
  public CompletionStage<?> run(NodeId node, MicroBatch step) {
    steps.add(step);
    return runAnswer;
  }

  @Override
  public void release(NodeId node, ReleaseSequence command) {
    released.add(command);
  }

  @Override
  public CompletionStage<?> probe(NodeId node) {
    return new CompletableFuture<>();
  }

  /** What the last stage says to the oldest step that is out; tokens only where sampled. */
  StepCompleted answer(int token) {
    MicroBatch step = steps.remove();
    return new StepCompleted(
        step.step(),
        step.spans().stream()
            .map(
                each ->
                    new StepCompleted.Result(
                        each.sequence(),
                        each.span().logits() > 0
                            ? Optional.of(new SampledToken(token, -0.25f, List.of()))
                            : Optional.empty()))
            .toList(),
        List.of(new StageTrace(0, 1), new StageTrace(0, 1)));
  }
}
