package io.edgeshard.planner.route;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.model.LayerRange;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What routes there are for a question, in arrays: nodes by index (the source is 0, the others
 * follow by node id), what each has room for, and who must run which layer.
 */
public final class SearchSpace {
  /** No node in particular. */
  static final int ANY = -1;

  private static final LayerRange NO_LAYERS = new LayerRange(0, 0);

  private final List<NodeId> nodes;
  private final Constraints constraints;
  private final int[] boundTo;
  private final long[] roomBytes;
  private final long[] layerBytes;
  private final long stageBytes;
  private final long headBytes;
  private final LayerSums least;
  private final int[] mostLayers;

  /** The space of a question. */
  public SearchSpace(PlanningRequest request) {
    PlanRules rules = new PlanRules(request);
    this.nodes = rules.nodes().stream().map(NodeProfile::node).toList();
    this.constraints = request.constraints();
    int layers = request.model().layerCount();
    this.boundTo =
        IntStream.range(0, layers)
            .map(layer -> rules.boundTo(layer).map(node -> indexOf(nodes, node)).orElse(ANY))
            .toArray();
    Weigher weigher = new Weigher(request);
    this.stageBytes = weigher.bytes(NO_LAYERS, false, false);
    this.headBytes = weigher.bytes(NO_LAYERS, false, true) - stageBytes;
    this.layerBytes =
        IntStream.range(0, layers)
            .mapToLong(
                layer -> weigher.bytes(new LayerRange(layer, layer + 1), false, false) - stageBytes)
            .toArray();
    this.least = new LayerSums(layerBytes);
    this.mostLayers = new int[nodes.size()];
    Arrays.fill(mostLayers, layers);
    long embeddingBytes = weigher.bytes(NO_LAYERS, true, false) - stageBytes;
    this.roomBytes =
        nodes.stream()
            .map(rules::offer)
            .mapToLong(offer -> offer.usableBytes() - offer.processBytes() - offer.headroomBytes())
            .toArray();
    roomBytes[0] -= embeddingBytes;
  }

  private SearchSpace(SearchSpace all, int[] kept, int[] mostLayers) {
    this.nodes = Arrays.stream(kept).mapToObj(all.nodes::get).toList();
    this.constraints = all.constraints;
    this.boundTo =
        Arrays.stream(all.boundTo)
            .map(node -> node == ANY || node >= all.nodes.size() ? node : all.among(node, kept))
            .toArray();
    this.roomBytes = Arrays.stream(kept).mapToLong(node -> all.roomBytes[node]).toArray();
    this.layerBytes = all.layerBytes;
    this.least = all.least;
    this.mostLayers = Arrays.stream(kept).map(node -> mostLayers[node]).toArray();
    this.stageBytes = all.stageBytes;
    this.headBytes = all.headBytes;
  }

  private int among(int node, int[] kept) {
    return IntStream.range(0, kept.length)
        .filter(i -> kept[i] == node)
        .findFirst()
        .orElse(nodes.size());
  }

  /** The index of a node; beyond the last one for a node that may not take part. */
  private static int indexOf(List<NodeId> nodes, NodeId node) {
    int index = nodes.indexOf(node);
    return index < 0 ? nodes.size() : index;
  }

  /** What shares take without process and head-room. */
  private record Weigher(MemoryModel memory) {
    private static final MemoryOffer NO_OVERHEAD = new MemoryOffer(1, 0, 0);

    Weigher(PlanningRequest request) {
      this(new MemoryModel(request.model(), request.weightType(), request.workload()));
    }

    long bytes(LayerRange layers, boolean hasEmbedding, boolean hasHead) {
      return memory.estimate(NO_OVERHEAD, layers, hasEmbedding, hasHead).totalBytes();
    }
  }

  /**
   * The same space with some of its nodes only, as indices of their own.
   *
   * @param kept indices of nodes, the source's first
   */
  public SearchSpace of(int... kept) {
    return new SearchSpace(this, kept, mostLayers);
  }

  /** The same space where no stage of a node has more layers than said; below 0 for no stage. */
  public SearchSpace withMostLayers(int... most) {
    return new SearchSpace(this, IntStream.range(0, nodes.size()).toArray(), most);
  }

  /** The most layers that a stage of a node may have, whatever its memory. */
  int mostLayers(int node) {
    return mostLayers[node];
  }

  /** How many nodes may take part. */
  public int nodeCount() {
    return nodes.size();
  }

  /** The node of an index. */
  public NodeId node(int index) {
    return nodes.get(index);
  }

  /** How many decoder layers there are. */
  public int layers() {
    return boundTo.length;
  }

  /** How many of the first decoder layers the source runs. */
  public int sourceLayers() {
    return constraints.sourceLayers();
  }

  /** Whether a node may run a layer. */
  boolean mayRun(int layer, int node) {
    return boundTo[layer] == ANY || boundTo[layer] == node;
  }

  /** What a node has for its stage: all but process, head-room and embedding. */
  long roomBytes(int node) {
    return roomBytes[node];
  }

  /** What every stage takes besides layers and head. */
  long stageBytes() {
    return stageBytes;
  }

  /** What the head takes besides. */
  long headBytes() {
    return headBytes;
  }

  /** What a layer takes: weights and KV cache. */
  long layerBytes(int layer) {
    return layerBytes[layer];
  }

  /** What the least layer takes. */
  long leastLayerBytes() {
    return Arrays.stream(layerBytes).min().orElse(0);
  }

  /** Whether all layers take the same memory, and any node may run them. */
  public boolean isUniform() {
    return constraints.pinned().isEmpty() && Arrays.stream(layerBytes).distinct().count() == 1;
  }

  /**
   * The most layers that a node could hold, below 0 where it cannot hold even none; exact where all
   * take the same, else at least as many as truly fit.
   */
  public int capacity(int node, boolean withHead) {
    long room = roomBytes[node] - stageBytes - (withHead ? headBytes : 0);
    int most =
        node == 0 ? least.fromFirst(room) : withHead ? least.toLast(room) : least.inARow(room);
    return Math.min(most, mostLayers[node]);
  }
}
