package io.edgeshard.planner.cost;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.model.ModelSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * What computing and sending take: the one place where times of stages and hops come from, for
 * every planner, for explanations and for reports. What follows for a whole plan is {@link
 * PlanPredictor}'s.
 *
 * <p>A stage of {@code n} layers takes its fixed part, {@code n} times a layer, and embedding or
 * head where it has them. A hop takes the link's latency and, for as long as the link is occupied,
 * its bytes over its rate. A step that follows another on a node is no hop. Every round begins with
 * the source's pipeline handing a step to its stage, and ends there with a token id.
 */
public final class CostModel {
  private final ModelSpec model;
  private final PlanningRequest request;
  private final int[] chunks;
  private final Map<NodeId, NodeProfile> nodes = new HashMap<>();
  private final Map<NodeId, Map<NodeId, LinkProfile>> links = new HashMap<>();

  /** The costs of one question. */
  public CostModel(PlanningRequest request) {
    this.request = request;
    this.model = request.model();
    this.chunks = chunksOf(request);
    request.cluster().nodes().forEach(node -> nodes.put(node.node(), node));
    for (LinkProfile link : request.cluster().links()) {
      links.computeIfAbsent(link.from(), from -> new HashMap<>()).put(link.to(), link);
    }
  }

  /** The profile of a node of the cluster. */
  public NodeProfile node(NodeId node) {
    NodeProfile profile = nodes.get(node);
    if (profile == null) {
      throw new IllegalArgumentException("expected a node of the cluster, found " + node);
    }
    return profile;
  }

  /** Prompt tokens of each prefill chunk of the usual request, in order. */
  public int[] chunks() {
    return chunks.clone();
  }

  private static int[] chunksOf(PlanningRequest request) {
    int prompt = request.typical().promptTokens();
    int most = request.workload().prefillChunkTokens();
    int count = (int) (((long) prompt + most - 1) / most);
    int[] chunks = new int[count];
    for (int i = 0; i < count; i++) {
      chunks[i] = Math.min(most, prompt - i * most);
    }
    return chunks;
  }

  /** One decoder layer of one decode step of {@code batch} sequences. */
  public double decodeLayerMs(NodeId node, int batch) {
    return compute(node).decode().ms(batch, request.typical().meanContextTokens());
  }

  /** What a decode step of {@code batch} sequences takes on a stage besides its layers. */
  public double decodeFixedMs(NodeId node, boolean hasEmbedding, boolean hasHead, int batch) {
    return compute(node).decodeFixedMs(hasEmbedding, hasHead, batch);
  }

  /** A stage in one decode step of {@code batch} sequences. */
  public double decodeStageMs(
      NodeId node, int layers, boolean hasEmbedding, boolean hasHead, int batch) {
    return compute(node)
        .decodeStageMs(layers, hasEmbedding, hasHead, batch, request.typical().meanContextTokens());
  }

  /** One decoder layer in the {@code chunk}-th prefill chunk of the usual request. */
  public double prefillLayerMs(NodeId node, int chunk) {
    int most = request.workload().prefillChunkTokens();
    return compute(node).prefill().ms(chunks[chunk], chunk * most);
  }

  /** What the {@code chunk}-th prefill chunk takes on a stage besides its layers. */
  public double prefillFixedMs(NodeId node, boolean hasEmbedding, boolean hasHead, int chunk) {
    ComputeProfile compute = compute(node);
    boolean samples = hasHead && chunk == chunks.length - 1;
    return compute.step().ms(chunks[chunk])
        + (hasEmbedding ? compute.embedding().ms(chunks[chunk]) : 0)
        + (samples ? compute.head().ms(1) : 0);
  }

  /** A stage in the {@code chunk}-th prefill chunk of the usual request. */
  public double prefillStageMs(
      NodeId node, int layers, boolean hasEmbedding, boolean hasHead, int chunk) {
    return prefillFixedMs(node, hasEmbedding, hasHead, chunk)
        + layers * prefillLayerMs(node, chunk);
  }

  /** Hidden states of {@code rows} rows from one stage to the next; 0 within a node. */
  public double hopMs(NodeId from, NodeId to, int rows) {
    return sendMs(from, to, hiddenStatesBytes(rows));
  }

  /** Of {@link #hopMs}, how long the link is occupied. */
  public double hopOccupiedMs(NodeId from, NodeId to, int rows) {
    return occupiedMs(from, to, hiddenStatesBytes(rows));
  }

  /**
   * Token ids of {@code rows} sequences from the last stage to the source's pipeline, and from
   * there to its first stage.
   */
  public double returnMs(NodeId last, int rows) {
    return returnOccupiedMs(last, rows) + latencyMs(last, request.source()) + handoverMs();
  }

  /** A step from the source's pipeline to its first stage. */
  private double handoverMs() {
    return latencyMs(request.source(), request.source());
  }

  private double latencyMs(NodeId from, NodeId to) {
    boolean isUnknown = from.equals(to) && !links.getOrDefault(from, Map.of()).containsKey(to);
    return isUnknown ? 0 : link(from, to).latencyMs();
  }

  /** Of {@link #returnMs}, how long the link is occupied. */
  public double returnOccupiedMs(NodeId last, int rows) {
    return occupiedMs(last, request.source(), request.wire().tokensBytes(rows));
  }

  private long hiddenStatesBytes(int rows) {
    return request.wire().hiddenStatesBytes(rows, model.hiddenSize());
  }

  private double sendMs(NodeId from, NodeId to, long bytes) {
    return from.equals(to) ? 0 : link(from, to).ms(bytes);
  }

  private double occupiedMs(NodeId from, NodeId to, long bytes) {
    return from.equals(to) ? 0 : link(from, to).ms(bytes) - link(from, to).latencyMs();
  }

  private LinkProfile link(NodeId from, NodeId to) {
    LinkProfile link = links.getOrDefault(from, Map.of()).get(to);
    if (link == null) {
      throw new IllegalArgumentException(
          "expected nodes of the cluster, found a hop from %s to %s".formatted(from, to));
    }
    return link;
  }

  private ComputeProfile compute(NodeId node) {
    return node(node).compute();
  }
}
