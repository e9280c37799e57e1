package io.edgeshard.planner.baseline;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.cost.PlanRules;
import java.util.Comparator;
import java.util.Optional;

/** Which node is the cloud of the paper's comparisons. */
sealed interface Cloud {
  /** What to say where there is none. */
  static Infeasible missing(String planner) {
    return new Infeasible(
        "%s needs a node besides the source to be the cloud, found none: add or allow one"
            .formatted(planner),
        0);
  }

  /** The cloud among the nodes that may take part, never the source. */
  Optional<NodeId> find(PlanningRequest request);

  /** The node with the fastest decoder layer; of equals the first by id. */
  record Fastest() implements Cloud {
    @Override
    public Optional<NodeId> find(PlanningRequest request) {
      CostModel costs = new CostModel(request);
      return new PlanRules(request)
          .nodes().stream()
              .map(NodeProfile::node)
              .filter(node -> !node.equals(request.source()))
              .min(Comparator.comparingDouble(node -> costs.decodeLayerMs(node, 1)));
    }
  }

  /** A certain node. */
  record Named(NodeId node) implements Cloud {
    @Override
    public Optional<NodeId> find(PlanningRequest request) {
      return new PlanRules(request)
          .nodes().stream()
              .map(NodeProfile::node)
              .filter(candidate -> candidate.equals(node) && !node.equals(request.source()))
              .findFirst();
    }
  }
}
