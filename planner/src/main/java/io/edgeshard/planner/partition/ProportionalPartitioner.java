package io.edgeshard.planner.partition;

import static io.edgeshard.planner.plan.MemoryEstimate.mebibytes;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The planner that cuts in proportion to memory, knowing nothing of speed: every node that can hold
 * a layer gets at least one, none more than fits.
 */
public final class ProportionalPartitioner implements Planner {

  /*
   * Layers are handed out one by one: each goes to the node whose share would be the smallest part
   * of its memory after it (the divisor method of Jefferson and D'Hondt), ties to the earlier node,
   * never beyond what the node can hold. The first round gives every usable node one layer.
   */
  @Override
  public PlanningResult plan(PlanningRequest request) {
    StageBuilder builder = new StageBuilder(request);
    int layers = request.model().layerCount();
    List<NodeProfile> nodes = usable(builder, builder.pipelineOrder(), layers);
    int[] capacities = capacities(builder, nodes, layers);
    if (capacities[0] == 0) {
      MemoryEstimate least = builder.memory(nodes.get(0), 0, 1, true, nodes.size() == 1);
      return new Infeasible(
          "the source must hold the embedding and the first layer and needs %s for it, but it may use %s: give it more memory or promise a shorter context"
              .formatted(least, mebibytes(nodes.get(0).memory().usableBytes())),
          0);
    }
    if (IntStream.of(capacities).asLongStream().sum() < layers) {
      return tooLarge(builder, nodes, layers);
    }
    ShardPlan plan = builder.plan(nodes, handOut(nodes, capacities, layers));
    return builder
        .misfit(plan)
        .<PlanningResult>map(
            misfit -> new Infeasible(misfit + ": add a node or promise a shorter context", 0))
        .orElseGet(() -> builder.planned("proportional to memory", plan));
  }

  /** The source, and of the others those that can hold a layer, at most one for each layer. */
  private static List<NodeProfile> usable(
      StageBuilder builder, List<NodeProfile> nodes, int layers) {
    int[] capacities = capacities(builder, nodes, layers);
    return IntStream.range(0, nodes.size())
        .filter(i -> i == 0 || capacities[i] > 0)
        .limit(layers)
        .mapToObj(nodes::get)
        .toList();
  }

  /** How many layers each node could hold in its place; the last also holds the head. */
  private static int[] capacities(StageBuilder builder, List<NodeProfile> nodes, int layers) {
    return IntStream.range(0, nodes.size())
        .map(
            i -> {
              boolean isLast = i == nodes.size() - 1;
              NodeProfile node = nodes.get(i);
              long offered = node.memory().usableBytes();
              return IntStream.iterate(layers, count -> count > 0, count -> count - 1)
                  .filter(
                      count ->
                          builder.memory(node, layers - count, count, i == 0, isLast).totalBytes()
                              <= offered)
                  .findFirst()
                  .orElse(0);
            })
        .toArray();
  }

  private static int[] handOut(List<NodeProfile> nodes, int[] capacities, int layers) {
    int[] counts = new int[capacities.length];
    Arrays.fill(counts, 1);
    for (int left = layers - counts.length; left > 0; left--) {
      int next =
          IntStream.range(0, counts.length)
              .filter(i -> counts[i] < capacities[i])
              .boxed()
              .min(
                  Comparator.comparingDouble(
                      i -> (counts[i] + 1.0) / nodes.get(i).memory().usableBytes()))
              .orElseThrow();
      counts[next]++;
    }
    return counts;
  }

  private static Infeasible tooLarge(StageBuilder builder, List<NodeProfile> nodes, int layers) {
    MemoryEstimate whole = builder.memory(nodes.get(0), 0, layers, true, true);
    long offered = nodes.stream().mapToLong(node -> node.memory().usableBytes()).sum();
    long furtherProcesses = (nodes.size() - 1) * whole.overheadBytes();
    return new Infeasible(
        "the model needs %s%s, but %d %s may use %s: add a node, raise --memory or promise less with --context and --sequences"
            .formatted(
                whole,
                furtherProcesses > 0
                    ? " and " + mebibytes(furtherProcesses) + " for further processes"
                    : "",
                nodes.size(),
                nodes.size() == 1 ? "node" : "nodes",
                mebibytes(offered)),
        Math.max(0, whole.totalBytes() - offered));
  }
}
