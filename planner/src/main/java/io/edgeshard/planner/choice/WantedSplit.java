package io.edgeshard.planner.choice;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.ShardPlace;
import io.edgeshard.planner.exact.ExactSearch;
import io.edgeshard.planner.explain.PlanJudge;
import io.edgeshard.planner.goal.Objective.LeastTokenTime;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.Bound;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The best split for who wants one even where it is predicted worse than a single node: what the
 * exact planner finds when no node has quite the memory that the whole model takes there. Where
 * tokens per second are wanted, the split of the fastest token.
 */
final class WantedSplit {
  private final PlanningRequest request;

  WantedSplit(PlanningRequest request) {
    this.request = request;
  }

  /** A split where {@code best} is a single node's plan, one is wanted, and there is one. */
  Planned insteadOf(Planned best) {
    return request.constraints().slowerAllowed() && isOfOneNode(best.plan())
        ? search().flatMap(split -> explained(split, best.explanation())).orElse(best)
        : best;
  }

  private boolean isOfOneNode(ShardPlan plan) {
    ShardAssignment last = plan.stages().get(plan.stages().size() - 1);
    return last.layers().count() == request.model().layerCount();
  }

  private Optional<ShardPlan> search() {
    PlanningRequest capped =
        request.withConstraints(request.constraints().withMemoryCaps(tooLittleForAll()));
    return new ExactSearch(
            request.objective() instanceof MostTokensPerSecond
                ? capped.withObjective(new LeastTokenTime())
                : capped)
        .search()
        .plan();
  }

  private Map<NodeId, Long> tooLittleForAll() {
    PlanRules rules = new PlanRules(request);
    LayerRange all = new LayerRange(0, request.model().layerCount());
    Map<NodeId, Long> caps = new HashMap<>(request.constraints().memoryCapBytes());
    for (NodeProfile profile : rules.nodes()) {
      NodeId node = profile.node();
      ShardPlace whole = new ShardPlace(node.equals(request.source()), true);
      caps.merge(node, rules.memory(node, all, whole).totalBytes() - 1, Math::min);
    }
    return caps;
  }

  /** The best there is bounds the split too. */
  private Optional<Planned> explained(ShardPlan split, PlanExplanation best) {
    if (!(new PlanJudge(request).judged(best.planner(), split) instanceof Planned judged)) {
      return Optional.empty();
    }
    PlanExplanation explanation = judged.explanation();
    double value = explanation.bound().value();
    return Optional.of(
        new Planned(
            judged.plan(),
            new PlanExplanation(
                explanation.planner(),
                explanation.prediction(),
                explanation.leftOut(),
                new Bound(value, Math.min(value, best.bound().lowerBound())),
                explanation.bestSingle(),
                explanation.notes())));
  }
}
