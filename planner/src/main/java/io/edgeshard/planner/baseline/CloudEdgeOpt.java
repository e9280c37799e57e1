package io.edgeshard.planner.baseline;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.explain.PlanJudge;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.published.PublishedLatencyPlanner;
import io.edgeshard.planner.published.PublishedThroughputPlanner;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The published algorithm for the objective with only the source and the cloud to choose from (the
 * paper's Cloud-Edge-Opt). The cloud is the node with the fastest decoder layer besides the source.
 */
public final class CloudEdgeOpt implements Planner {
  /** The name on command lines and in explanations. */
  public static final String NAME = "cloud-edge-opt";

  @Override
  public PlanningResult plan(PlanningRequest request) {
    Optional<NodeId> node = new Cloud.Fastest().find(request);
    if (node.isEmpty()) {
      return Cloud.missing(NAME);
    }
    Planner published =
        request.objective() instanceof Objective.MostTokensPerSecond
            ? new PublishedThroughputPlanner()
            : new PublishedLatencyPlanner();
    PlanningResult result = published.plan(onlyWith(request, node.get()));
    if (result instanceof Planned planned) {
      return new PlanJudge(request).judged(NAME, planned.plan());
    }
    Infeasible infeasible = (Infeasible) result;
    return new Infeasible(
        "with %s and %s alone, %s".formatted(request.source(), node.get(), infeasible.reason()),
        infeasible.missingBytes());
  }

  private static PlanningRequest onlyWith(PlanningRequest request, NodeId cloud) {
    Set<NodeId> excluded = new HashSet<>(request.constraints().excluded());
    request.cluster().nodes().stream().map(NodeProfile::node).forEach(excluded::add);
    excluded.remove(request.source());
    excluded.remove(cloud);
    return request.withConstraints(request.constraints().withExcluded(excluded));
  }
}
