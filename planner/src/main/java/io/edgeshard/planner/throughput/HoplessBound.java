package io.edgeshard.planner.throughput;

import io.edgeshard.planner.cost.RoundTimes;
import io.edgeshard.planner.throughput.kind.KindRoom;
import io.edgeshard.planner.throughput.kind.KindTimes;
import io.edgeshard.planner.throughput.kind.NodeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * What no layout can beat for a batch and a number of sequences: all nodes take part as if hops
 * took nothing, each on the place that gives it most room.
 */
final class HoplessBound {
  private static final int HALVINGS = 50;

  private final List<NodeKind> kinds;
  private final int layers;

  HoplessBound(List<NodeKind> kinds, int layers) {
    this.kinds = kinds;
    this.layers = layers;
  }

  /** Least sum and least busiest resource; empty sum of infinite ms where memory is too small. */
  RoundTimes times(KindTimes times, KindRoom room) {
    List<Integer> fastestFirst = new ArrayList<>();
    for (int kind = 0; kind < kinds.size(); kind++) {
      fastestFirst.add(kind);
    }
    fastestFirst.sort(Comparator.comparingDouble(kind -> times.layer()[kind]));
    double sumMs = times.fixed()[0];
    int left = layers;
    for (int kind : fastestFirst) {
      int given = Math.min(left, kinds.get(kind).size() * room(room, kind));
      sumMs += given * times.layer()[kind];
      left -= given;
    }
    return left > 0
        ? new RoundTimes(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
        : new RoundTimes(sumMs, leastBusyMs(times, room));
  }

  private static int room(KindRoom room, int kind) {
    int most =
        kind == 0
            ? Math.max(room.first(), room.whole())
            : Math.max(room.middle()[kind], room.last()[kind]);
    return Math.max(0, most);
  }

  /** The least time in which the machines together compute all layers, each at most its share. */
  private double leastBusyMs(KindTimes times, KindRoom room) {
    DoubleUnaryOperator computed = limitMs -> computed(times, room, limitMs);
    double enough = 1;
    while (computed.applyAsDouble(enough) < layers) {
      enough *= 2;
    }
    double tooLittle = 0;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (tooLittle + enough) / 2;
      if (computed.applyAsDouble(middle) < layers) {
        tooLittle = middle;
      } else {
        enough = middle;
      }
    }
    return tooLittle;
  }

  private double computed(KindTimes times, KindRoom room, double limitMs) {
    double sum = 0;
    Map<String, Machine> machines = new HashMap<>();
    for (int kind = 0; kind < kinds.size(); kind++) {
      NodeKind nodes = kinds.get(kind);
      double most = Math.max(0, Math.floor((limitMs - times.fixed()[kind]) / times.layer()[kind]));
      double each = Math.min(most, room(room, kind));
      if (nodes.sharesMachine()) {
        Machine share = new Machine(nodes.size() * each, most);
        machines.merge(nodes.machine(), share, Machine::with);
      } else {
        sum += nodes.size() * each;
      }
    }
    for (Machine machine : machines.values()) {
      sum += Math.min(machine.byNodes, machine.byFastest);
    }
    return sum;
  }

  /** Layers that a machine computes in a time: its nodes together, or its fastest node alone. */
  private record Machine(double byNodes, double byFastest) {
    Machine with(Machine other) {
      return new Machine(byNodes + other.byNodes, Math.max(byFastest, other.byFastest));
    }
  }
}
