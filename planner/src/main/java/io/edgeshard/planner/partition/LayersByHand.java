package io.edgeshard.planner.partition;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.explain.Explainer;
import io.edgeshard.planner.explain.Verdict;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;

/** The planner that does as it is told: so many layers for each node, the source's first. */
public final class LayersByHand implements Planner {
  private static final String NAME = "layers by hand";

  private final List<Integer> counts;

  /**
   * Layers for each node in pipeline order: the source, then the others by node id.
   *
   * @param counts at least one, each above 0
   */
  public LayersByHand(List<Integer> counts) {
    this.counts = List.copyOf(counts);
    if (counts.isEmpty() || counts.stream().anyMatch(count -> count < 1)) {
      throw new IllegalArgumentException(
          "expected layer counts of 1 or more, as in 10,10,10, found " + counts);
    }
  }

  @Override
  public PlanningResult plan(PlanningRequest request) {
    int layers = request.model().layerCount();
    int sum = counts.stream().mapToInt(Integer::intValue).sum();
    if (sum != layers) {
      return new Infeasible(
          "the layers given by hand must add up to the model's %d, but %s adds up to %d"
              .formatted(layers, counts, sum),
          0);
    }
    PlanRules rules = new PlanRules(request);
    List<NodeId> nodes = rules.nodes().stream().map(NodeProfile::node).toList();
    if (counts.size() > nodes.size()) {
      return new Infeasible(
          "layers are given by hand for %d nodes, but there are %d: start more nodes or give fewer counts"
              .formatted(counts.size(), nodes.size()),
          0);
    }
    ShardPlan plan = rules.plan(nodes, counts.stream().mapToInt(Integer::intValue).toArray());
    return rules
        .violation(plan)
        .<PlanningResult>map(misfit -> misfit)
        .orElseGet(() -> new Planned(plan, new Explainer(request).explain(plan, Verdict.of(NAME))));
  }
}
