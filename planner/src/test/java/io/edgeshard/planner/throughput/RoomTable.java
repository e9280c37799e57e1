package io.edgeshard.planner.throughput;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;

/** How many sequences have room in any stage, from the bytes of each part, added up. */
final class RoomTable {
  private static final LayerRange NO_LAYERS = new LayerRange(0, 0);
  private static final MemoryOffer NO_OVERHEAD = new MemoryOffer(1, 0, 0);

  private final long[] roomBytes;
  private final long[][] upToLayer;
  private final long bareBytes;
  private final long embeddingBytes;
  private final long headBytes;

  RoomTable(PlanningRequest request, int mostSequences) {
    Workload promise = request.workload();
    int layers = request.model().layerCount();
    MemoryModel[] memory = new MemoryModel[mostSequences];
    for (int i = 0; i < mostSequences; i++) {
      int sequences = Math.max(i + 1, promise.sequences());
      memory[i] =
          new MemoryModel(
              request.model(),
              request.weightType(),
              new Workload(promise.contextTokens(), sequences, promise.prefillChunkTokens()));
    }
    bareBytes = memory[0].estimate(NO_OVERHEAD, NO_LAYERS, false, false).totalBytes();
    embeddingBytes =
        memory[0].estimate(NO_OVERHEAD, NO_LAYERS, true, false).totalBytes() - bareBytes;
    headBytes = memory[0].estimate(NO_OVERHEAD, NO_LAYERS, false, true).totalBytes() - bareBytes;
    upToLayer = new long[mostSequences][layers + 1];
    for (int i = 0; i < mostSequences; i++) {
      for (int layer = 0; layer < layers; layer++) {
        LayerRange one = new LayerRange(layer, layer + 1);
        long bytes = memory[i].estimate(NO_OVERHEAD, one, false, false).totalBytes() - bareBytes;
        upToLayer[i][layer + 1] = upToLayer[i][layer] + bytes;
      }
    }
    roomBytes =
        request.cluster().nodes().stream().mapToLong(node -> roomBytes(request, node)).toArray();
  }

  private static long roomBytes(PlanningRequest request, NodeProfile node) {
    MemoryOffer offer = node.memory();
    long cap = request.constraints().memoryCapBytes().getOrDefault(node.node(), Long.MAX_VALUE);
    return Math.min(cap, offer.usableBytes()) - offer.processBytes() - offer.headroomBytes();
  }

  /** The most sequences up to a number that have room in a stage; 0 where those promised do not. */
  int fitting(int node, int start, int end, boolean isFirst, boolean isLast, int atMost) {
    long room = roomBytes[node] - bareBytes;
    room -= (isFirst ? embeddingBytes : 0) + (isLast ? headBytes : 0);
    int sequences = atMost;
    while (sequences > 0
        && upToLayer[sequences - 1][end] - upToLayer[sequences - 1][start] > room) {
      sequences--;
    }
    return sequences;
  }
}
