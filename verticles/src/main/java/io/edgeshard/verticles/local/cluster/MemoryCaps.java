package io.edgeshard.verticles.local.cluster;

import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;

/** How little memory each of some equal nodes may have for a model to fit on them together. */
final class MemoryCaps {
  private static final long MIB = 1L << 20;

  private final MemoryModel memory;
  private final int layers;

  MemoryCaps(ModelSpec model, WeightType weights, Workload workload) {
    this.memory = new MemoryModel(model, weights, workload);
    this.layers = model.layerCount();
  }

  /** The least that each of {@code nodes} nodes must have, in bytes, rounded up to whole MiB. */
  long leastBytes(int nodes) {
    long tooLittle = 0;
    long enough = bytes(0, layers, true, true) / MIB + 1;
    while (enough - tooLittle > 1) {
      long middle = (enough + tooLittle) / 2;
      if (fits(nodes, middle * MIB)) {
        enough = middle;
      } else {
        tooLittle = middle;
      }
    }
    return enough * MIB;
  }

  /** Whether the model fits when every node takes as many layers as it can. */
  private boolean fits(int nodes, long capBytes) {
    if (nodes == 1) {
      return bytes(0, layers, true, true) <= capBytes;
    }
    int next = 0;
    for (int node = 0; node < nodes - 1; node++) {
      boolean isFirst = node == 0;
      int start = next;
      if (isFirst && bytes(0, 0, true, false) > capBytes) {
        return false;
      }
      while (next < layers && bytes(start, next + 1, isFirst, false) <= capBytes) {
        next++;
      }
    }
    return bytes(next, layers, false, true) <= capBytes;
  }

  private long bytes(int start, int end, boolean isFirst, boolean isLast) {
    return memory
        .estimate(MemoryOffer.of(Long.MAX_VALUE), new LayerRange(start, end), isFirst, isLast)
        .totalBytes();
  }
}
