package io.edgeshard.planner.published;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.explain.Explainer;
import io.edgeshard.planner.explain.PlanJudge;
import io.edgeshard.planner.explain.Verdict;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The paper's latency planner (Algorithm 1) with its errata repaired, otherwise as published: the
 * baseline to beat. It plans for one token of one sequence, whatever the objective.
 *
 * <p>It may lose to a better plan, or find none where there is one, because it keeps a single path
 * for each item and device: the cheapest, which may have used up memory that a later item needs.
 *
 * <p>As printed a path may come back to a device, and the paper's figures come out only so. A node
 * runs one stage, so of the plans that are to be run no path does.
 */
public final class PublishedLatencyPlanner implements Planner {
  /** The name on command lines and in explanations. */
  public static final String NAME = "published-latency";

  private final boolean mayComeBack;

  /** For plans to be run. */
  public PublishedLatencyPlanner() {
    this(false);
  }

  private PublishedLatencyPlanner(boolean mayComeBack) {
    this.mayComeBack = mayComeBack;
  }

  /** For the paper's figures: paths may come back to a device. Such a plan is only priced. */
  public static PublishedLatencyPlanner asPrinted() {
    return new PublishedLatencyPlanner(true);
  }

  /*
   * DP(0, 0) = t_comp(0, 0), and no other device may run item 0 (equation 7). Then
   *
   *   DP(i, j) = min over k of DP(i-1, k) + t_comp(i, j) + t_comm(i-1, k, j)       (6a)
   *
   * and for the last item the way from j back to the source besides (6b). Repaired: memory is that
   * of the path kept for (i-1, k), not one account decremented at every improvement; an item that
   * fits exactly fits. O(N M^2). Ties go to the device that comes first: source, then node id.
   */
  @Override
  public PlanningResult plan(PlanningRequest request) {
    LayerItems items = new LayerItems(request);
    if (!items.hasSource()) {
      return items.nothingFound(NAME);
    }
    List<KeptPath> paths = List.of(KeptPath.atSource(items));
    for (int item = 0; item < items.count(); item++) {
      List<KeptPath> next = new ArrayList<>();
      for (int device = 0; device < items.deviceCount(); device++) {
        Step step = new Step(items, item, device, items.bytes(item));
        if (items.allowed(item, device)) {
          cheapest(paths, step).ifPresent(next::add);
        }
      }
      paths = next;
    }
    return paths.stream()
        .min(Comparator.comparingDouble(KeptPath::ms))
        .map(best -> items.plan(best.devices(items.count())))
        .map(
            plan -> mayComeBack ? priced(request, plan) : new PlanJudge(request).judged(NAME, plan))
        .orElseGet(() -> items.nothingFound(NAME));
  }

  private static PlanningResult priced(PlanningRequest request, ShardPlan plan) {
    return new Planned(plan, new Explainer(request).explain(plan, Verdict.of(NAME)));
  }

  /** The cheapest of the paths that have room, gone on to a device: one line of (6a) or (6b). */
  private Optional<KeptPath> cheapest(List<KeptPath> paths, Step step) {
    return paths.stream()
        .filter(path -> path.mayGoOn(step.device, step.bytes(path), mayComeBack))
        .min(Comparator.comparingDouble(path -> path.ms() + step.ms(path)))
        .map(path -> path.goOn(step.device, step.bytes(path), path.ms() + step.ms(path)));
  }

  private record Step(LayerItems items, int item, int device, long itemBytes) {
    private boolean enters(KeptPath path) {
      return path.device() != device;
    }

    long bytes(KeptPath path) {
      return itemBytes + (enters(path) ? items.stageBytes() : 0);
    }

    double ms(KeptPath path) {
      double ms = items.computeMs(item, device);
      if (enters(path)) {
        ms += items.enterMs(device) + (item == 0 ? 0 : items.hopMs(path.device(), device));
      }
      return item == items.count() - 1 ? ms + items.returnMs(device) : ms;
    }
  }
}
