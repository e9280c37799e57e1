package io.edgeshard.verticles.placement;

import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.placement.task.PlacementTask;
import io.edgeshard.verticles.protocol.LoadShard;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Lets every node of a plan load its share, then puts the plan in force. */
final class Rollout {
  private final PlacementTask task;
  private final PlacementPorts ports;

  Rollout(PlacementTask task, PlacementPorts ports) {
    this.task = task;
    this.ports = ports;
  }

  /**
   * Rolls a plan out; completes when it has been checked and is in force.
   *
   * @param isWanted whether the plan is still wanted once all have loaded; else nothing is put in
   *     force
   */
  CompletionStage<Void> begin(ShardPlan plan, BooleanSupplier isWanted) {
    CompletableFuture<?>[] loads =
        IntStream.range(0, plan.stages().size())
            .mapToObj(stage -> load(plan, stage))
            .toArray(CompletableFuture<?>[]::new);
    CompletionStage<Void> allLoaded = CompletableFuture.allOf(loads);
    return allLoaded.thenCompose(loaded -> activate(plan, isWanted));
  }

  private CompletionStage<Void> activate(ShardPlan plan, BooleanSupplier isWanted) {
    return isWanted.getAsBoolean()
        ? ports.planSwitch().activate(new ActivePlan(plan, task.workload())).thenApply(done -> null)
        : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<?> load(ShardPlan plan, int stage) {
    ShardAssignment assignment = plan.stages().get(stage);
    LoadShard command =
        new LoadShard(
            plan.id(),
            stage,
            assignment.layers(),
            assignment.isLast()
                ? Optional.empty()
                : Optional.of(plan.stages().get(stage + 1).node()),
            task.model().weightType(),
            task.workload(),
            task.model().sha256());
    return ports.loading().load(assignment.node(), command).toCompletableFuture();
  }
}
