package io.edgeshard.planner.published;

import java.util.Arrays;
import java.util.Optional;

/**
 * The table of Algorithm 2.
 *
 * <p>Sets of devices are bit sets without the source, which is in all of them. Half-open
 * convention: {@code g(i, S, k)} covers items {@code [0, i)}.
 */
final class SubsetTable {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private final int items;
  private final int devices;
  private final double[] slowestMs;
  private final double[][] hopMs;

  /** What a device takes for items {@code [from, to)}: {@code shardMs[device][from][to]}. */
  private final double[][][] shardMs;

  /*
   * g(i, {0}, 0) = t_comp(0..i, 0) for every i that fits on the source: as published it could never
   * run more than item 0, since it is in S from the start. Then
   *
   *   g(m, S + j, j) = min over i < m and k in S of
   *                    max{ g(i, S, k), t_comm(i-1, k, j), t_comp(i..m, j) }       (11)
   *
   * where items [i, m) fit on j (12), compared with g(m, S + j, j) itself; answer: the least of
   * g(N, S, k). O(N^2 2^M M^2). The choices are found again on the way back, not kept.
   */
  SubsetTable(LayerItems question) {
    this.items = question.count();
    this.devices = question.deviceCount();
    this.hopMs = new double[devices][devices];
    this.shardMs = new double[devices][][];
    for (int device = 0; device < devices; device++) {
      shardMs[device] = shards(question, device);
      for (int from = 0; from < devices; from++) {
        hopMs[from][device] = question.hopMs(from, device);
      }
    }
    this.slowestMs = new double[Math.toIntExact(entries(question))];
    fill();
  }

  /** How many times the table keeps for a question. */
  static long entries(LayerItems question) {
    int others = question.deviceCount() - 1;
    long subsets = others < 40 ? 1L << others : Long.MAX_VALUE >> 24;
    return Math.multiplyExact(subsets, (long) (question.count() + 1) * question.deviceCount());
  }

  private static double[][] shards(LayerItems question, int device) {
    int items = question.count();
    double[][] ms = new double[items][items + 1];
    for (int from = 0; from < items; from++) {
      Arrays.fill(ms[from], NEVER);
      long bytes = question.stageBytes();
      double sum = question.enterMs(device);
      for (int item = from; item < items && question.allowed(item, device); item++) {
        bytes += question.bytes(item);
        sum += question.computeMs(item, device);
        if (bytes > question.capacityBytes(device)) {
          break;
        }
        ms[from][item + 1] = sum;
      }
    }
    return ms;
  }

  private int index(int set, int device, int item) {
    return (set * devices + device) * (items + 1) + item;
  }

  private void fill() {
    Arrays.fill(slowestMs, NEVER);
    System.arraycopy(shardMs[0][0], 1, slowestMs, index(0, 0, 1), items);
    for (int set = 0; set < 1 << (devices - 1); set++) {
      for (int last = 0; last < devices; last++) {
        if (isIn(set, last)) {
          for (int next = 1; next < devices; next++) {
            if (!isIn(set, next)) {
              extend(index(set, last, 0), index(set | bit(next), next, 0), last, next);
            }
          }
        }
      }
    }
  }

  /** Whether a device may be the last of a set: the source only of the set with no other. */
  private static boolean isIn(int set, int device) {
    return device == 0 ? set == 0 : (set & bit(device)) != 0;
  }

  private static int bit(int device) {
    return 1 << (device - 1);
  }

  private void extend(int before, int after, int last, int next) {
    double inboundMs = hopMs[last][next];
    for (int from = 1; from < items; from++) {
      double atLeast = Math.max(slowestMs[before + from], inboundMs);
      double[] shard = shardMs[next][from];
      for (int to = from + 1; atLeast < NEVER && to <= items && shard[to] < NEVER; to++) {
        double ms = Math.max(atLeast, shard[to]);
        if (ms < slowestMs[after + to]) {
          slowestMs[after + to] = ms;
        }
      }
    }
  }

  /** The device of each item in the plan whose slowest device is fastest; empty if none fits. */
  Optional<int[]> devicesOfItems() {
    int bestSet = 0;
    int bestLast = 0;
    for (int set = 0; set < 1 << (devices - 1); set++) {
      for (int last = 0; last < devices; last++) {
        if (slowestMs[index(set, last, items)] < slowestMs[index(bestSet, bestLast, items)]) {
          bestSet = set;
          bestLast = last;
        }
      }
    }
    return slowestMs[index(bestSet, bestLast, items)] == NEVER
        ? Optional.empty()
        : Optional.of(wayBack(bestSet, bestLast));
  }

  private int[] wayBack(int bestSet, int bestLast) {
    int[] deviceOfItem = new int[items];
    int set = bestSet;
    int last = bestLast;
    int to = items;
    while (last != 0) {
      Choice choice = choice(set, last, to);
      Arrays.fill(deviceOfItem, choice.from, to, last);
      set &= ~bit(last);
      last = choice.device;
      to = choice.from;
    }
    return deviceOfItem;
  }

  private record Choice(int from, int device) {}

  /** What the entry came from: the first that gives its time. */
  private Choice choice(int set, int last, int to) {
    int before = set & ~bit(last);
    for (int from = 1; from < to; from++) {
      for (int device = 0; device < devices; device++) {
        double ms =
            Math.max(
                Math.max(slowestMs[index(before, device, from)], hopMs[device][last]),
                shardMs[last][from][to]);
        if (ms < NEVER && ms == slowestMs[index(set, last, to)]) {
          return new Choice(from, device);
        }
      }
    }
    throw new IllegalStateException("expected a way to every entry of the table, found none");
  }
}
