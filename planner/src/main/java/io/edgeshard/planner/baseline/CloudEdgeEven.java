package io.edgeshard.planner.baseline;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.explain.PlanJudge;
import java.util.List;

/**
 * Half of the layers on the source, half on the cloud (the paper's Cloud-Edge-Even); an odd layer
 * goes to the cloud.
 */
public final class CloudEdgeEven implements Planner {
  /** The name on command lines and in explanations. */
  public static final String NAME = "cloud-edge-even";

  private final Cloud cloud;

  /** With the node that has the fastest decoder layer, besides the source, as the cloud. */
  public CloudEdgeEven() {
    this.cloud = new Cloud.Fastest();
  }

  /** With a certain node as the cloud. */
  public CloudEdgeEven(NodeId cloud) {
    this.cloud = new Cloud.Named(cloud);
  }

  @Override
  public PlanningResult plan(PlanningRequest request) {
    int layers = request.model().layerCount();
    int[] halves = {layers / 2, layers - layers / 2};
    return cloud
        .find(request)
        .map(node -> new PlanRules(request).plan(List.of(request.source(), node), halves))
        .map(plan -> new PlanJudge(request).judged(NAME, plan))
        .orElseGet(() -> Cloud.missing(NAME));
  }
}
