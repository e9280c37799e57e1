package io.edgeshard.planner.cost;

import io.edgeshard.planner.cost.Leg.Resource;
import io.edgeshard.planner.goal.PipelineMode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * When micro-batches are through a pipeline whose resources serve them in the order in which they
 * come: for ways that come to a resource more than once, for which there is no formula, and for
 * prefill chunks, which differ.
 */
final class PipelineTimeline {
  /** Rounds until a pipeline without bubbles has found its rhythm, and those that are measured. */
  private static final int WARM_UP_ROUNDS = 32;

  private static final int MEASURED_ROUNDS = 64;

  private final PriorityQueue<Arrival> arrivals =
      new PriorityQueue<>(
          Comparator.comparingDouble(Arrival::atMs).thenComparingInt(Arrival::order));
  private final Map<Resource, Double> freeAtMs = new HashMap<>();
  private int order;

  /** A micro-batch where its {@code next} leg begins. */
  private record Arrival(double atMs, int order, List<Leg> legs, int next) {}

  private PipelineTimeline() {}

  /** Time of a round of so many micro-batches that all go the same way. */
  static double roundMs(List<Leg> legs, int microBatches, PipelineMode mode) {
    PipelineTimeline timeline = new PipelineTimeline();
    for (int i = 0; i < microBatches; i++) {
      timeline.send(0, legs);
    }
    int warmUp = mode == PipelineMode.BUBBLES ? 0 : microBatches * WARM_UP_ROUNDS;
    int measured = mode == PipelineMode.BUBBLES ? microBatches : microBatches * MEASURED_ROUNDS;
    double beganMs = 0;
    double atMs = 0;
    for (int returned = 1; returned <= warmUp + measured; returned++) {
      atMs = timeline.nextReturnMs();
      if (mode == PipelineMode.NO_BUBBLES) {
        timeline.send(atMs, legs);
      }
      beganMs = returned == warmUp ? atMs : beganMs;
    }
    return (atMs - beganMs) * microBatches / measured;
  }

  /** When the last of the chunks is back, of which so many are in flight at once. */
  static double lastBackMs(List<List<Leg>> chunks, int inFlight) {
    PipelineTimeline timeline = new PipelineTimeline();
    int sent = Math.min(inFlight, chunks.size());
    chunks.subList(0, sent).forEach(legs -> timeline.send(0, legs));
    double atMs = 0;
    for (int returned = 0; returned < chunks.size(); returned++) {
      atMs = timeline.nextReturnMs();
      if (sent < chunks.size()) {
        timeline.send(atMs, chunks.get(sent++));
      }
    }
    return atMs;
  }

  private void send(double atMs, List<Leg> legs) {
    arrivals.add(new Arrival(atMs, order++, legs, 0));
  }

  /** Goes on until a micro-batch is back. */
  private double nextReturnMs() {
    while (true) {
      Arrival arrival = arrivals.remove();
      if (arrival.next == arrival.legs.size()) {
        return arrival.atMs;
      }
      Leg leg = arrival.legs.get(arrival.next);
      double beginMs = Math.max(arrival.atMs, freeAtMs.getOrDefault(leg.resource(), 0.0));
      double endMs = beginMs + leg.occupiedMs();
      freeAtMs.put(leg.resource(), endMs);
      arrivals.add(new Arrival(endMs + leg.latencyMs(), order++, arrival.legs, arrival.next + 1));
    }
  }
}
