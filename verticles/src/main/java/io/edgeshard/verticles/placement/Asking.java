package io.edgeshard.verticles.placement;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.placement.task.PlacementTask;
import io.edgeshard.verticles.placement.task.PlanQuestion;
import io.edgeshard.verticles.profile.ClusterProfiles;
import io.edgeshard.verticles.profile.schedule.Profiling;
import io.edgeshard.verticles.protocol.wire.ProtocolCodec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a planner about the nodes that are here, as they were measured; one question at a time. Not
 * thread-safe.
 */
final class Asking {
  private final PlacementPorts ports;
  private final Profiling profiling;
  private PlacementTask task;
  private List<NodeInfo> usable = List.of();
  private boolean isThinking;
  private long lastPlanId;

  /** Hears what came of a question: a result, or a failure of the planner. */
  interface Listener {
    void answered(
        PlanQuestion question, @Nullable PlanningResult result, @Nullable Throwable failure);
  }

  Asking(PlacementTask task, PlacementPorts ports, Profiling profiling) {
    this.task = task;
    this.ports = ports;
    this.profiling = profiling;
  }

  /** Who is here now; those who speak another protocol do not count. */
  void nodesAre(List<NodeInfo> here) {
    usable = here.stream().filter(info -> ProtocolCodec.talksTo(info.protocolVersion())).toList();
    profiling.nodesAre(usable);
  }

  /** From now on this is wanted, and this planner is asked; what is empty stays as it is. */
  void want(Optional<Objective> objective, Optional<Planner> planner) {
    task =
        task.wanting(
            objective.orElse(task.goal().objective()), planner.orElse(task.goal().planner()));
  }

  /** What is missing before a plan can be made. */
  Optional<String> missing() {
    boolean sourceIsHere = usable.stream().anyMatch(info -> info.id().equals(task.source()));
    return !sourceIsHere || usable.size() < task.nodeCount()
        ? Optional.of(
            "waiting for nodes: %d of %d are here".formatted(usable.size(), task.nodeCount()))
        : profiling.missing();
  }

  /** Whether a planner thinks about a question. */
  boolean isThinking() {
    return isThinking;
  }

  /**
   * Asks; the number of the plan grows with the wall clock, over restarts too.
   *
   * @param intakeMs what the source does for a request besides its tokens
   */
  void ask(double intakeMs, Listener listener) {
    lastPlanId = Math.max(lastPlanId + 1, ports.epochMillis().getAsLong());
    PlanQuestion question =
        task.question(
            new PlanId(lastPlanId),
            ClusterProfiles.of(profiling.nodes().values(), profiling.links().values()),
            intakeMs);
    isThinking = true;
    ports
        .planning()
        .apply(question)
        .whenComplete(
            (result, failure) -> {
              isThinking = false;
              listener.answered(question, result, failure);
            });
  }
}
