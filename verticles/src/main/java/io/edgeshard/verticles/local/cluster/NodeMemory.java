package io.edgeshard.verticles.local.cluster;

import static io.edgeshard.planner.plan.MemoryEstimate.mebibytes;

import io.edgeshard.planner.explain.Counted;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.node.NodeStartException;
import java.util.OptionalLong;

/**
 * How much memory each node of one machine may use.
 *
 * <p>All nodes would see the same free memory, and one alone could hold most models: a split would
 * be for show. So each gets a cap with which all together can hold the model and one fewer cannot.
 *
 * @param bytesOfEach the cap; empty leaves a node what it finds
 * @param reason one sentence for the user; empty when nothing has to be said
 */
public record NodeMemory(OptionalLong bytesOfEach, String reason) {
  /** Of the room between too little and too much, what a plan gets to choose within. */
  private static final double SLACK = 0.6;

  private static final long MIB = 1L << 20;

  /** No cap of ours. */
  public static NodeMemory asFound() {
    return new NodeMemory(OptionalLong.empty(), "");
  }

  /** An equal share of the machine's memory, for a split that somebody named. */
  public static NodeMemory share(int nodeCount, long machineBytes) {
    return new NodeMemory(OptionalLong.of(Math.max(1, machineBytes / nodeCount)), "");
  }

  /**
   * A cap with which no node is left over: one fewer could not hold the model.
   *
   * @param machineBytes memory of this machine that the nodes may use together
   * @throws NodeStartException when that is too little
   */
  public static NodeMemory forcingSplit(
      NodeConfig.ServingSettings serving, ModelSpec model, long machineBytes) {
    int nodes = serving.nodeCount();
    Workload workload = serving.workload(model);
    MemoryCaps caps = new MemoryCaps(model, serving.weights(), workload);
    long least = caps.leastBytes(nodes);
    if (least * nodes > machineBytes) {
      throw new NodeStartException(
          "expected %s of free memory for %d nodes of %s, which hold %s with %s of %d tokens, found %s: start fewer --nodes, or promise less with --context or --sequences"
              .formatted(
                  mebibytes(least * nodes),
                  nodes,
                  mebibytes(least),
                  model.name(),
                  Counted.of(workload.sequences(), "chat"),
                  workload.contextTokens(),
                  mebibytes(machineBytes)));
    }
    for (int fewer = nodes - 1; fewer > 0; fewer--) {
      long tooMuch = caps.leastBytes(fewer);
      long cap = least + (long) (SLACK * (tooMuch - least)) / MIB * MIB;
      if (cap < tooMuch) {
        return capped(Math.min(cap, machineBytes / nodes), fewer, tooMuch, nodes);
      }
    }
    return share(nodes, machineBytes);
  }

  private static NodeMemory capped(long cap, int fewer, long needed, int nodes) {
    String who = fewer == 1 ? "one node alone would need " : fewer + " nodes would need ";
    return new NodeMemory(
        OptionalLong.of(cap),
        "each node may use %s; %s%s%s, so the model has to be split over %s (--memory sets it)"
            .formatted(
                mebibytes(cap),
                who,
                mebibytes(needed),
                fewer == 1 ? "" : " each",
                fewer == nodes - 1 ? "all of the " + nodes : "more than " + fewer));
  }
}
