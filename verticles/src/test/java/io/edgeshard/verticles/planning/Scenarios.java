package io.edgeshard.verticles.planning;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A measured cluster of three nodes, and questions about it. */
public final class Scenarios {
  public static final NodeId HOME = new NodeId("home");
  public static final NodeId BOX = new NodeId("box");
  public static final NodeId CLOUD = new NodeId("cloud");

  private Scenarios() {}

  /** Nodes home (the source), box and cloud; 1 MB/s between any two, 2 ms. */
  public static PlanningRequest measured() {
    List<NodeProfile> nodes = List.of(node(HOME, 4), node(BOX, 4), node(CLOUD, 1));
    List<LinkProfile> links =
        nodes.stream()
            .flatMap(
                from ->
                    nodes.stream()
                        .filter(to -> !to.equals(from))
                        .map(to -> new LinkProfile(from.node(), to.node(), 2, 1e6)))
            .toList();
    return new PlanningRequest(
        new PlanId(7),
        Models.find("smollm2-135m").orElseThrow(),
        WeightType.FAST,
        new ClusterProfile(nodes, links),
        HOME,
        new Workload(512, 2, 64),
        TypicalRequest.OF_THE_PAPER.withIntakeMs(5),
        new Objective.LeastTokenTime(),
        Constraints.NONE,
        WireFormat.FLOAT32);
  }

  private static NodeProfile node(NodeId id, double layerMs) {
    LayerTimes layer = new LayerTimes(TimeCurve.line(layerMs, layerMs / 4), 0.001);
    return new NodeProfile(
        id,
        "machine-of-" + id,
        new MemoryOffer(600L << 20, 10L << 20, 300L << 20),
        new ComputeProfile(
            layer, layer, TimeCurve.line(0.1, 0.1), TimeCurve.line(2, 1), TimeCurve.line(0.2, 0)),
        Optional.empty());
  }

  static PlanningRequest pinned(int layer, NodeId node) {
    return measured()
        .withConstraints(new Constraints(0, false, Map.of(layer, node), Set.of(), Map.of(), false));
  }
}
