package io.edgeshard.planner.throughput.kind;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.CostModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes kinds of nodes together until there are few enough sets to be searched: those that are as
 * fast as each other first. That nodes share a machine is then left to the judge of the plan.
 */
public final class CoarseKinds {
  /** How many sets are searched exactly: of 17 nodes that are all unlike. */
  private static final long MOST_SETS = 1 << 16;

  /** To how few they are brought otherwise. */
  private static final long COARSE_SETS = 1 << 11;

  private final CostModel costs;

  /** By the costs of one question. */
  public CoarseKinds(CostModel costs) {
    this.costs = costs;
  }

  /** The same kinds where they can be searched, fewer where not. */
  public List<NodeKind> few(List<NodeKind> kinds) {
    return new NodeSets(kinds).count() <= MOST_SETS ? kinds : coarse(kinds);
  }

  /** So few kinds that they are searched in no time; the same where they are as few. */
  public List<NodeKind> coarse(List<NodeKind> kinds) {
    if (new NodeSets(kinds).count() <= COARSE_SETS) {
      return kinds;
    }
    List<NodeKind> coarse = new ArrayList<>();
    coarse.add(new NodeKind(kinds.get(0).members(), ""));
    kinds.stream()
        .skip(1)
        .sorted(Comparator.comparingDouble(kind -> layerMs(kind.first())))
        .forEach(kind -> coarse.add(new NodeKind(kind.members(), "")));
    while (new NodeSets(coarse).count() > COARSE_SETS && coarse.size() > 2) {
      mergeMostAlike(coarse);
    }
    return coarse;
  }

  private void mergeMostAlike(List<NodeKind> coarse) {
    int merged = 1;
    double leastRatio = Double.POSITIVE_INFINITY;
    for (int i = 1; i + 1 < coarse.size(); i++) {
      double slowest = layerMs(coarse.get(i + 1).last());
      double ratio = slowest / layerMs(coarse.get(i).first());
      if (ratio < leastRatio) {
        leastRatio = ratio;
        merged = i;
      }
    }
    List<NodeId> members =
        Stream.concat(
                coarse.get(merged).members().stream(), coarse.get(merged + 1).members().stream())
            .toList();
    coarse.set(merged, new NodeKind(members, ""));
    coarse.remove(merged + 1);
  }

  private double layerMs(NodeId node) {
    return costs.decodeLayerMs(node, 1);
  }
}
