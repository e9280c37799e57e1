package io.edgeshard.planner.throughput.kind;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import java.util.List;
import java.util.Map;

/**
 * What is to be spread.
 *
 * @param layers how many there are
 * @param sourceLayers how many of them the source must have at least
 * @param machineOfKind number of the machine that a kind shares; -1 where it shares none
 * @param machines how many shared machines there are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SpreadTask(int layers, int sourceLayers, int[] machineOfKind, int machines) {
  /** Of one question with these kinds of nodes. */
  public static SpreadTask of(PlanningRequest request, List<NodeKind> kinds) {
    List<String> machines =
        kinds.stream().filter(NodeKind::sharesMachine).map(NodeKind::machine).distinct().toList();
    int[] ofKind = kinds.stream().mapToInt(kind -> machines.indexOf(kind.machine())).toArray();
    return new SpreadTask(
        request.model().layerCount(), sourceLayers(request), ofKind, machines.size());
  }

  /** How many layers the source must run: up to the last that is bound to it. */
  private static int sourceLayers(PlanningRequest request) {
    int least = request.constraints().sourceLayers();
    for (Map.Entry<Integer, NodeId> pin : request.constraints().pinned().entrySet()) {
      if (pin.getValue().equals(request.source())) {
        least = Math.max(least, pin.getKey() + 1);
      }
    }
    return Math.min(least, request.model().layerCount());
  }
}
