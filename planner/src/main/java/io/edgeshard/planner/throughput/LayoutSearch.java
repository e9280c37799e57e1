package io.edgeshard.planner.throughput;

import io.edgeshard.planner.cost.RoundTimes;
import io.edgeshard.planner.throughput.kind.KindRoom;
import io.edgeshard.planner.throughput.kind.KindTimes;
import io.edgeshard.planner.throughput.kind.NodeSets;
import io.edgeshard.planner.throughput.kind.SpreadTask;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** Finds, for one batch, the layout that takes a single micro-batch the least time. */
final class LayoutSearch {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final NodeSets sets;
  private final KindTimes times;
  private final SpreadTask task;
  private final Work work;

  /** Shortest ways by the longest occupation that is allowed: few values make a difference. */
  private final Map<Double, RouteTable> routes = new HashMap<>();

  private final NavigableSet<Double> occupations = new TreeSet<>();

  LayoutSearch(NodeSets sets, KindTimes times, SpreadTask task, Work work) {
    this.sets = sets;
    this.times = times;
    this.task = task;
    this.work = work;
    occupations.add(0.0);
    for (double[] row : times.hopOccupied()) {
      for (double occupied : row) {
        occupations.add(occupied);
      }
    }
  }

  KindTimes times() {
    return times;
  }

  /** Whether no further search may begin. */
  boolean isSpent() {
    return work.isSpent();
  }

  /**
   * The layout with the least sum in which no machine and no link is occupied for longer than a
   * limit; empty where there is none below {@code enoughMs}. Of equals, the one with fewer and
   * earlier nodes.
   */
  Optional<Layout> least(KindRoom room, double limitMs, double enoughMs) {
    work.spend(steps());
    RouteTable ways = ways(limitMs);
    LayerSpread spread = new LayerSpread(sets, times, room, task, limitMs);
    double leastMs = enoughMs;
    int bestSet = -1;
    int bestLast = -1;
    for (int set = 0; set < sets.count(); set++) {
      for (int last = set == 0 ? 0 : 1; last < sets.kinds(); last++) {
        double hopsMs = ways.hopsMs(set, last) + backMs(last, limitMs);
        if (hopsMs < leastMs) {
          double ms = hopsMs + spread.computeMs(set, last, leastMs - hopsMs);
          if (ms < leastMs) {
            leastMs = ms;
            bestSet = set;
            bestLast = last;
          }
        }
      }
    }
    return bestSet < 0
        ? Optional.empty()
        : Optional.of(layout(ways.kinds(bestSet, bestLast), spread, bestSet, leastMs));
  }

  private RouteTable ways(double limitMs) {
    double allowed = Objects.requireNonNull(occupations.floor(limitMs));
    return routes.computeIfAbsent(allowed, this::table);
  }

  private RouteTable table(double allowed) {
    work.spend(steps());
    return new RouteTable(sets, times, allowed);
  }

  /** Of a look at every set and every last node, or of a table of ways. */
  private long steps() {
    return sets.count() * sets.kinds() * sets.kinds();
  }

  private double backMs(int last, double limitMs) {
    return times.backOccupied()[last] <= limitMs ? times.back()[last] : NEVER;
  }

  private Layout layout(int[] way, LayerSpread spread, int set, double sumMs) {
    int[] layers = spread.layers(way, set);
    Map<Integer, Double> machines = new HashMap<>();
    int last = way.length - 1;
    double busiest = times.backOccupied()[way[last]];
    for (int i = 0; i <= last; i++) {
      int kind = way[i];
      double computeMs =
          times.fixed()[kind]
              + layers[i] * times.layer()[kind]
              + (i == last ? times.head()[kind] : 0);
      int machine = task.machineOfKind()[kind];
      double occupied = machine < 0 ? computeMs : machines.merge(machine, computeMs, Double::sum);
      busiest = Math.max(busiest, occupied);
      if (i > 0) {
        busiest = Math.max(busiest, times.hopOccupied()[way[i - 1]][kind]);
      }
    }
    return new Layout(way, layers, new RoundTimes(sumMs, busiest));
  }
}
