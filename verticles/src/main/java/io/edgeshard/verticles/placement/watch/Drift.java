package io.edgeshard.verticles.placement.watch;

import io.edgeshard.planner.plan.HopPrediction;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.StagePrediction;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices where what is served parts from what was predicted by more than a quarter, and goes on
 * doing so for a minute of serving: what is looked at while nobody asks does not count. Not
 * thread-safe.
 */
final class Drift {
  private static final double MOST_PART = 0.25;
  private static final Duration LASTING = Duration.ofMinutes(1);

  /** Less than this is the noise of a clock and a scheduler, whatever part it is. */
  private static final double LEAST_MS = 0.1;

  /** What has parted, and how much had been served by then. */
  private final Map<String, Double> partedAtMs = new HashMap<>();

  private long planId;

  /**
   * Looks at what is served; gives a sentence for each stage and hop that has drifted.
   *
   * @param predicted for requests as long as those served
   */
  List<String> look(PlanPrediction predicted, MeasuredServing measured) {
    if (planId != measured.planId()) {
      partedAtMs.clear();
      planId = measured.planId();
    }
    List<String> drifted = new ArrayList<>();
    boolean comparable =
        predicted.stages().size() == measured.stageDecodeMs().size()
            && predicted.hops().size() == measured.hopDecodeMs().size();
    for (int i = 0; comparable && i < predicted.stages().size(); i++) {
      StagePrediction stage = predicted.stages().get(i);
      Pair stageMs = new Pair(stage.decodeMs(), measured.stageDecodeMs().get(i));
      String layers = "layers %s on %s".formatted(stage.layers(), stage.node());
      compare(layers, stageMs, measured.servedMs(), drifted);
      HopPrediction hop = predicted.hops().get(i);
      Pair hopMs = new Pair(hop.decodeMs(), measured.hopDecodeMs().get(i));
      String way = "the way from %s to %s".formatted(hop.from(), hop.to());
      compare(way, hopMs, measured.servedMs(), drifted);
    }
    return drifted;
  }

  /** Begins anew: what was predicted has been predicted again. */
  void forget() {
    partedAtMs.clear();
  }

  private record Pair(double predictedMs, double measuredMs) {
    boolean isApart() {
      double apart = Math.abs(measuredMs - predictedMs);
      return apart > LEAST_MS && apart > MOST_PART * predictedMs;
    }
  }

  private void compare(String what, Pair pair, double servedMs, List<String> drifted) {
    if (!pair.isApart()) {
      partedAtMs.remove(what);
      return;
    }
    double sinceMs = partedAtMs.computeIfAbsent(what, first -> servedMs);
    if (servedMs - sinceMs >= LASTING.toMillis()) {
      drifted.add(
          "%s was predicted to take %.2f ms a token and has taken %.2f for more than a minute"
              .formatted(what, pair.predictedMs(), pair.measuredMs()));
    }
  }
}
