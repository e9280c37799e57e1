package io.edgeshard.planner.published;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.explain.PlanJudge;

/**
 * The paper's throughput planner (Algorithm 2) with its errata repaired, otherwise as published:
 * the baseline to beat. It makes the slowest device as fast as it can, where a device takes the
 * longer of computing its shard and receiving the input for it; whatever the objective.
 *
 * <p>That is exact for its own aim, in which the pipeline is always full. Batch, memory for further
 * sequences, the token's way back and the time until a sequence's next token can begin are no part
 * of it.
 */
public final class PublishedThroughputPlanner implements Planner {
  /** The name on command lines and in explanations. */
  public static final String NAME = "published-throughput";

  /** What the table of subsets may take: 384 MiB. */
  private static final long MOST_ENTRIES = 48L << 20;

  @Override
  public PlanningResult plan(PlanningRequest request) {
    LayerItems items = new LayerItems(request);
    if (!items.hasSource()) {
      return items.nothingFound(NAME);
    }
    if (SubsetTable.entries(items) > MOST_ENTRIES) {
      return new Infeasible(
          "%s keeps a time for each item, device and set of devices, %d items and %d devices are too many for that: exclude nodes or take another planner"
              .formatted(NAME, items.count(), items.deviceCount()),
          0);
    }
    return new SubsetTable(items)
        .devicesOfItems()
        .map(items::plan)
        .<PlanningResult>map(plan -> new PlanJudge(request).judged(NAME, plan))
        .orElseGet(() -> items.nothingFound(NAME));
  }
}
