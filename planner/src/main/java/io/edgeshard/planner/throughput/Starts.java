package io.edgeshard.planner.throughput;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.exact.ExactSearch;
import io.edgeshard.planner.goal.Objective.LeastTokenTime;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Plans to start from where too many nodes are unlike: those with the least time for a token of one
 * sequence, with memory for few, for some and for all sequences.
 */
final class Starts {
  private final PlanningRequest request;
  private final int mostSequences;

  Starts(PlanningRequest request, int mostSequences) {
    this.request = request;
    this.mostSequences = mostSequences;
  }

  /** Plans that keep to the constraints; empty where the exact planner finds none, either. */
  List<ShardPlan> plans() {
    int least = request.workload().sequences();
    int most = Math.max(least, mostSequences);
    int between = (int) Math.round(Math.sqrt((double) least * most));
    return Stream.of(least, between, most)
        .distinct()
        .flatMap(sequences -> fastest(sequences).stream())
        .toList();
  }

  private Optional<ShardPlan> fastest(int sequences) {
    Workload promise = request.workload();
    Workload grown = new Workload(promise.contextTokens(), sequences, promise.prefillChunkTokens());
    return new ExactSearch(request.withObjective(new LeastTokenTime()).withWorkload(grown))
        .search()
        .plan();
  }
}
