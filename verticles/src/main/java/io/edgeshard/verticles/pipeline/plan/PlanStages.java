package io.edgeshard.verticles.pipeline.plan;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.SequenceId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The stages of one plan, spoken to as one. */
public final class PlanStages {
  private final ActivePlan plan;
  private final NodeId source;
  private final StageClient client;

  /** The stages of {@code plan}, to which {@code source} speaks. */
  public PlanStages(ActivePlan plan, NodeId source, StageClient client) {
    this.plan = plan;
    this.source = source;
    this.client = client;
  }

  /** Asks all for room; fails when one has none. */
  public CompletionStage<Void> open(SequenceId sequence, int slot, SequenceSpec spec) {
    CompletableFuture<?>[] opened =
        plan.plan().stages().stream()
            .map(stage -> client.open(stage.node(), opening(stage, sequence, slot, spec)))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(opened);
  }

  /** Sends a step to the first; fails when it cannot be reached. */
  public CompletionStage<?> send(MicroBatch step) {
    return client.run(plan.first(), step);
  }

  /** Lets all forget a sequence. */
  public void release(SequenceId sequence) {
    ReleaseSequence release = new ReleaseSequence(plan.id(), sequence);
    plan.nodes().forEach(node -> client.release(node, release));
  }

  private OpenSequence opening(
      ShardAssignment stage, SequenceId sequence, int slot, SequenceSpec spec) {
    return new OpenSequence(
        plan.id(),
        sequence,
        slot,
        source,
        spec.capacityTokens(),
        stage.isLast()
            ? Optional.of(OpenSequence.Sampling.of(spec.sampling(), spec.promptIds()))
            : Optional.empty());
  }
}
