package io.edgeshard.planner.throughput.relaxed;

import io.edgeshard.planner.cost.RoundTimes;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.throughput.kind.KindRoom;
import io.edgeshard.planner.throughput.kind.KindTimes;
import io.edgeshard.planner.throughput.kind.NodeKind;
import io.edgeshard.planner.throughput.kind.SpreadTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * What no layout can beat for a batch and a number of sequences: every node that takes part pays
 * its layers and its cheapest way in, and may take part with a piece of itself.
 *
 * <p>With at most {@code x} on any resource a node runs so many layers at most as memory and {@code
 * x} allow; what it takes to get into it, spread over these, is what each of its layers costs more
 * at least. The cheapest layers of all nodes then are the least sum {@code s(x)}, which falls as
 * {@code x} grows: the least of {@code max(s(x), m x)} is where both meet.
 */
final class WayInBound {
  private static final int HALVINGS = 40;
  private static final int INTERVALS = 64;

  /** In place of a kind that must take part: none must. */
  private static final int ANY = -1;

  private static final double ROUNDING = 1e-9;
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final List<NodeKind> kinds;
  private final KindTimes times;
  private final KindRoom room;
  private final SpreadTask task;
  private final double[] wayInMs;
  private final double leastEndMs;

  WayInBound(List<NodeKind> kinds, KindTimes times, KindRoom room, SpreadTask task) {
    this.kinds = kinds;
    this.times = times;
    this.room = room;
    this.task = task;
    this.wayInMs = waysIn(times);
    this.leastEndMs = leastEnd(times);
  }

  /**
   * Layers that nodes of a kind would run.
   *
   * @param each how many a node of it may run at most
   * @param layers of all of them together
   */
  record Share(int kind, int each, double layers) {}

  /** Layers of one kind at one price, as many as all its nodes can run together. */
  private record Offer(int kind, double layerMs, int each, double count) {}

  /** The least time any resource is occupied; infinite where memory is too small. */
  double leastBusyMs() {
    if (Double.isInfinite(sumMs(NEVER))) {
      return NEVER;
    }
    double enough = 1;
    while (Double.isInfinite(sumMs(enough))) {
      enough *= 2;
    }
    return halved(0, enough, limitMs -> sumMs(limitMs) < NEVER).below;
  }

  /** The least time of a round in which something is occupied for no less. */
  double roundMs(double leastBusyMs, int microBatches, PipelineMode mode) {
    double most = leastBusyMs + ROUNDING;
    while (sumMs(most) > microBatches * most) {
      most *= 2;
    }
    return mode == PipelineMode.NO_BUBBLES
        ? meeting(leastBusyMs, most, microBatches)
        : least(leastBusyMs, most, microBatches, ANY);
  }

  /** Whether a round with a node of a kind in it may be shorter than so many ms. */
  boolean isWithin(
      double roundMs, double leastBusyMs, int microBatches, PipelineMode mode, int kind) {
    double leastMs =
        mode == PipelineMode.NO_BUBBLES
            ? sumMs(roundMs / microBatches, kind)
            : least(leastBusyMs, roundMs / microBatches, microBatches, kind);
    return leastMs < roundMs;
  }

  /** The least sum with a node of a kind that runs a layer, or the head alone. */
  private double sumMs(double limitMs, int kind) {
    double anyMs = fill(limitMs, ANY, new ArrayList<>());
    if (kind == ANY) {
      return anyMs;
    }
    double endMs = times.head()[kind] + times.back()[kind];
    double headAloneMs = anyMs + inMs(kind) + endMs - leastEndMs;
    return Math.min(headAloneMs, fill(limitMs, kind, new ArrayList<>()));
  }

  private double inMs(int kind) {
    return times.fixed()[kind] + wayInMs[kind];
  }

  private double meeting(double from, double to, int microBatches) {
    Border border = halved(from, to, limitMs -> sumMs(limitMs) <= microBatches * limitMs);
    return Math.max(microBatches * border.below, sumMs(border.above));
  }

  /** Where something begins to hold: it does not below, and does above. */
  private record Border(double below, double above) {}

  private static Border halved(double from, double to, DoublePredicate holds) {
    double below = from;
    double above = to;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (below + above) / 2;
      if (holds.test(middle)) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return new Border(below, above);
  }

  /** With bubbles: of intervals, the sum at their longest occupation and their shortest one. */
  private double least(double from, double to, int microBatches, int kind) {
    double least = NEVER;
    double step = Math.max(0, to - from) / INTERVALS;
    for (int i = 0; i < INTERVALS; i++) {
      double longest = i == INTERVALS - 1 ? NEVER : from + (i + 1) * step;
      double shortest = from + i * step;
      // Pieces pay pieces of a beginning; yet no sum is below its busiest part.
      double sumMs = Math.max(sumMs(longest, kind), shortest);
      RoundTimes round = new RoundTimes(sumMs, shortest);
      least = Math.min(least, round.roundMs(microBatches, PipelineMode.BUBBLES));
    }
    return least;
  }

  /** Who runs how many layers where nothing is occupied for longer than a limit. */
  List<Share> shares(double limitMs) {
    List<Share> shares = new ArrayList<>();
    fill(limitMs, ANY, shares);
    return shares;
  }

  private double sumMs(double limitMs) {
    return sumMs(limitMs, ANY);
  }

  /**
   * The least that one micro-batch takes with nothing occupied for longer than a limit, and with a
   * layer on a node of one kind at least.
   */
  private double fill(double limitMs, int with, List<Share> shares) {
    double sum = times.fixed()[0] + task.sourceLayers() * times.layer()[0] + leastEndMs;
    double left = task.layers() - task.sourceLayers();
    if (mostLayers(0, limitMs) < task.sourceLayers()) {
      return NEVER;
    }
    if (with != ANY) {
      if (mostLayers(with, limitMs) < 1) {
        return NEVER;
      }
      sum += inMs(with) + times.layer()[with];
      left--;
    }
    Map<String, Double> ofMachine = new HashMap<>();
    for (Offer offer : cheapestFirst(limitMs, with)) {
      NodeKind kind = kinds.get(offer.kind());
      double given = Math.min(left, offer.count());
      if (kind.sharesMachine()) {
        double free = ofMachine.getOrDefault(kind.machine(), mostOfMachine(kind, limitMs));
        given = Math.min(given, free);
        ofMachine.put(kind.machine(), free - given);
      }
      sum += given * offer.layerMs();
      left -= given;
      if (given > 0) {
        shares.add(new Share(offer.kind(), offer.each(), given));
      }
    }
    return left > 0 ? NEVER : sum;
  }

  private List<Offer> cheapestFirst(double limitMs, int with) {
    List<Offer> offers = new ArrayList<>();
    int ofSource = mostLayers(0, limitMs) - task.sourceLayers();
    offers.add(new Offer(0, times.layer()[0], ofSource, ofSource));
    for (int kind = 1; kind < kinds.size(); kind++) {
      int each = mostLayers(kind, limitMs);
      if (each > 0 && inMs(kind) < NEVER) {
        double layerMs = times.layer()[kind];
        int further = kinds.get(kind).size() - (kind == with ? 1 : 0);
        offers.add(new Offer(kind, layerMs + inMs(kind) / each, each, (double) further * each));
        if (kind == with) {
          offers.add(new Offer(kind, layerMs, each, each - 1));
        }
      }
    }
    offers.sort(Comparator.comparingDouble(Offer::layerMs));
    return offers;
  }

  private static double[] waysIn(KindTimes times) {
    return IntStream.range(0, times.kinds())
        .mapToDouble(
            to -> Arrays.stream(times.hop()).mapToDouble(row -> row[to]).min().orElse(NEVER))
        .toArray();
  }

  /** The cheapest head, with the way back from there. */
  private static double leastEnd(KindTimes times) {
    return IntStream.range(0, times.kinds())
        .mapToDouble(kind -> times.head()[kind] + times.back()[kind])
        .min()
        .orElse(NEVER);
  }

  private int mostLayers(int kind, double limitMs) {
    int fit =
        kind == 0
            ? Math.max(room.first(), room.whole())
            : Math.max(room.middle()[kind], room.last()[kind]);
    return (int) Math.max(-1, Math.min(fit, layersInTime(kind, limitMs)));
  }

  private double layersInTime(int kind, double limitMs) {
    return Math.floor((limitMs - times.fixed()[kind]) / times.layer()[kind] + ROUNDING);
  }

  /** Layers that a machine runs within a limit: no more than its fastest node alone would. */
  private double mostOfMachine(NodeKind of, double limitMs) {
    double most = 0;
    for (int kind = 0; kind < kinds.size(); kind++) {
      if (kinds.get(kind).machine().equals(of.machine())) {
        most = Math.max(most, layersInTime(kind, limitMs));
      }
    }
    return most;
  }
}
