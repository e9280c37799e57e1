package io.edgeshard.planner.throughput;

import io.edgeshard.planner.throughput.kind.KindRoom;
import io.edgeshard.planner.throughput.kind.KindTimes;
import io.edgeshard.planner.throughput.kind.NodeSets;
import io.edgeshard.planner.throughput.kind.SpreadTask;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Spreads the layers over the nodes of a set so that they take least, where no machine may compute
 * longer than a limit.
 *
 * <p>Each stage gets the layers it must have, then the fastest nodes get as many as memory and
 * limit allow: what a further layer takes on a node is always the same, so that no other choice
 * takes less. Nodes of one machine share its limit.
 */
final class LayerSpread {
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final double ROUNDING = 1 + 1e-12;

  private final NodeSets sets;
  private final KindTimes times;
  private final KindRoom room;
  private final SpreadTask task;
  private final double limitMs;
  private final int[] fastestFirst;

  /** Layers that a stage may have at most, by kind, for its place. */
  private final int[] middleMost;

  private final int[] lastMost;
  private final int firstMost;

  /** How many further layers a kind takes, and of them gets: of the spread under way. */
  private final int[] open;

  private final int[] further;
  private final double[] machineLeftMs;
  private double sumMs;
  private int left;

  LayerSpread(NodeSets sets, KindTimes times, KindRoom room, SpreadTask task, double limitMs) {
    this.sets = sets;
    this.times = times;
    this.room = room;
    this.task = task;
    this.limitMs = limitMs * ROUNDING;
    int kinds = sets.kinds();
    this.fastestFirst =
        IntStream.range(0, kinds)
            .boxed()
            .sorted(Comparator.comparingDouble(kind -> times.layer()[kind]))
            .mapToInt(Integer::intValue)
            .toArray();
    this.middleMost = new int[kinds];
    this.lastMost = new int[kinds];
    for (int kind = 0; kind < kinds; kind++) {
      double fixed = times.fixed()[kind];
      middleMost[kind] = most(kind, fixed, room.middle()[kind]);
      lastMost[kind] = most(kind, fixed + times.head()[kind], room.last()[kind]);
    }
    this.firstMost = most(0, times.fixed()[0], room.first());
    this.open = new int[kinds];
    this.further = new int[kinds];
    this.machineLeftMs = new double[task.machines()];
  }

  private int most(int kind, double fixedMs, int fit) {
    double left = limitMs - fixedMs;
    return left < 0 ? -1 : (int) Math.min(fit, left / times.layer()[kind]);
  }

  /**
   * What all stages of a set compute for one step, the last on a node of a kind; infinite where the
   * layers cannot be spread so, or where it is {@code enoughMs} or more.
   */
  double computeMs(int set, int last, double enoughMs) {
    if (last == 0) {
      double wholeMs = times.fixed()[0] + times.head()[0] + task.layers() * times.layer()[0];
      return room.whole() >= task.layers() && wholeMs <= limitMs ? wholeMs : NEVER;
    }
    begin(set, last);
    double atLeast = sumMs + left * times.layer()[fastestFirst[0]];
    if (left < 0 || atLeast >= enoughMs) {
      return NEVER;
    }
    for (double leftMs : machineLeftMs) {
      if (leftMs < 0) {
        return NEVER;
      }
    }
    giveToFastest();
    return left > 0 ? NEVER : sumMs;
  }

  /** Gives every stage what it must have; {@code left} is negative where a stage cannot have it. */
  private void begin(int set, int last) {
    sumMs = 0;
    left = task.layers();
    Arrays.fill(open, 0);
    Arrays.fill(further, 0);
    Arrays.fill(machineLeftMs, limitMs);
    give(0, task.sourceLayers(), times.fixed()[0]);
    openUp(0, 1, firstMost - task.sourceLayers());
    for (int kind = 1; kind < sets.kinds(); kind++) {
      int held = sets.held(set, kind);
      int middle = kind == last ? held - 1 : held;
      if (middle > 0) {
        give(kind, middle, middle * times.fixed()[kind]);
        openUp(kind, middle, middleMost[kind] - 1);
      }
      if (kind == last) {
        give(kind, 0, times.fixed()[kind] + times.head()[kind]);
        openUp(kind, 1, lastMost[kind]);
      }
    }
  }

  private void give(int kind, int layers, double fixedMs) {
    double ms = fixedMs + layers * times.layer()[kind];
    sumMs += ms;
    left -= layers;
    int machine = task.machineOfKind()[kind];
    if (machine >= 0) {
      machineLeftMs[machine] -= ms;
    }
  }

  private void openUp(int kind, int stages, int layersEach) {
    open[kind] += stages * layersEach;
    if (layersEach < 0) {
      left = Integer.MIN_VALUE / 2;
    }
  }

  private void giveToFastest() {
    for (int i = 0; i < fastestFirst.length && left > 0; i++) {
      int kind = fastestFirst[i];
      int most = Math.min(left, open[kind]);
      int machine = task.machineOfKind()[kind];
      if (machine >= 0) {
        most = (int) Math.min(most, machineLeftMs[machine] * ROUNDING / times.layer()[kind]);
      }
      further[kind] = most;
      give(kind, most, 0);
    }
  }

  /** The layers of each stage along a way through the set, as {@link #computeMs} spreads them. */
  int[] layers(int[] way, int set) {
    int stages = way.length;
    if (stages == 1) {
      return new int[] {task.layers()};
    }
    computeMs(set, way[stages - 1], NEVER);
    int[] layers = new int[stages];
    Arrays.fill(layers, 1);
    layers[0] = task.sourceLayers();
    layers[stages - 1] = 0;
    for (int kind = 0; kind < further.length; kind++) {
      for (int i = 0; i < further[kind]; i++) {
        layers[leastLoaded(way, layers, kind)]++;
      }
    }
    return layers;
  }

  /** The stage of a kind that computes the least of those that take one more layer. */
  private int leastLoaded(int[] way, int[] layers, int kind) {
    int lastStage = way.length - 1;
    ToDoubleFunction<Integer> ms =
        stage ->
            layers[stage] * times.layer()[kind] + (stage == lastStage ? times.head()[kind] : 0);
    return IntStream.range(0, way.length)
        .filter(stage -> way[stage] == kind && layers[stage] < most(stage, lastStage, kind))
        .boxed()
        .min(Comparator.comparingDouble(ms))
        .orElseThrow();
  }

  private int most(int stage, int lastStage, int kind) {
    if (stage == 0) {
      return firstMost;
    }
    return stage == lastStage ? lastMost[kind] : middleMost[kind];
  }
}
