package io.edgeshard.planner.throughput.kind;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.ShardPlace;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Counts how many layers fit on nodes, for any number of sequences. */
public final class RoomCounter {
  private static final LayerRange NO_LAYERS = new LayerRange(0, 0);

  private final PlanRules rules;
  private final List<NodeKind> kinds;
  private final Outlook outlook;
  private final int promised;
  private final long layerKvBytes;
  private final long[] firstBytes;
  private final long[] middleBytes;
  private final long[] lastBytes;

  /** For one question, as an outlook has it. */
  public RoomCounter(PlanningRequest request, List<NodeKind> kinds, Outlook outlook) {
    this.rules = new PlanRules(request);
    this.kinds = kinds;
    this.outlook = outlook;
    this.promised = request.workload().sequences();
    MemoryModel memory = new MemoryModel(request.model(), request.weightType(), request.workload());
    this.layerKvBytes = memory.kvCacheBytes(new LayerRange(0, 1)) / promised;
    long[] layers =
        request.model().layers().stream()
            .mapToLong(part -> part.residentBytes(request.weightType()))
            .toArray();
    long[] upTo = new long[layers.length + 1];
    Arrays.setAll(upTo, i -> i == 0 ? 0 : layers[i - 1]);
    Arrays.parallelPrefix(upTo, Long::sum);
    this.firstBytes = upTo;
    this.middleBytes = new long[upTo.length];
    this.lastBytes = new long[upTo.length];
    Arrays.setAll(lastBytes, count -> upTo[layers.length] - upTo[layers.length - count]);
    Arrays.setAll(middleBytes, count -> window(upTo, count));
  }

  /** Weights of so many consecutive layers: the fewest or the most, as the outlook is. */
  private long window(long[] upTo, int count) {
    return IntStream.rangeClosed(0, upTo.length - 1 - count)
        .mapToLong(start -> upTo[start + count] - upTo[start])
        .reduce(outlook == Outlook.OPTIMISTIC ? Math::min : Math::max)
        .orElseThrow();
  }

  /** Room where so many sequences are under way, or as many as are promised. */
  public KindRoom room(int sequences) {
    NodeId source = kinds.get(0).first();
    long kvBytes = layerKvBytes * Math.max(sequences, promised);
    return new KindRoom(
        perKind(ShardPlace.MIDDLE, middleBytes, kvBytes),
        perKind(new ShardPlace(false, true), lastBytes, kvBytes),
        most(source, new ShardPlace(true, false), firstBytes, kvBytes),
        most(source, new ShardPlace(true, true), firstBytes, kvBytes));
  }

  private int[] perKind(ShardPlace place, long[] weightBytes, long kvBytes) {
    return kinds.stream()
        .mapToInt(
            kind -> {
              IntStream counts =
                  kind.members().stream().mapToInt(node -> most(node, place, weightBytes, kvBytes));
              return (outlook == Outlook.OPTIMISTIC ? counts.max() : counts.min()).orElseThrow();
            })
        .toArray();
  }

  private int most(NodeId node, ShardPlace place, long[] weightBytes, long kvBytes) {
    MemoryEstimate bare = rules.memory(node, NO_LAYERS, place);
    long left = rules.offer(node).usableBytes() - bare.totalBytes();
    int count = weightBytes.length - 1;
    while (count >= 0 && weightBytes[count] + count * kvBytes > left) {
      count--;
    }
    return count;
  }
}
