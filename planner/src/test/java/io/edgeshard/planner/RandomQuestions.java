package io.edgeshard.planner;

import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Small questions of all sorts: unlike and like nodes, shared machines, tight memory, asymmetric
 * links, constraints. The same for the same generator.
 */
public final class RandomQuestions {
  private static final double HANDOVER_MS = 0.4;
  private static final long LAYER_BYTES = 1 << 20;

  private final RandomGenerator random;
  private final int mostNodes;
  private final int mostLayers;
  private final boolean unevenLayers;

  /** Questions of at most so many nodes and layers, which weigh alike or not. */
  public RandomQuestions(
      RandomGenerator random, int mostNodes, int mostLayers, boolean unevenLayers) {
    this.random = random;
    this.mostNodes = mostNodes;
    this.mostLayers = mostLayers;
    this.unevenLayers = unevenLayers;
  }

  /** The next question. */
  public PlanningRequest next() {
    int nodeCount = random.nextInt(1, mostNodes + 1);
    int layers = random.nextInt(1, mostLayers + 1);
    List<NodeProfile> nodes = new ArrayList<>();
    for (int i = 0; i < nodeCount; i++) {
      boolean asBefore = i > 1 && random.nextInt(4) == 0;
      nodes.add(asBefore ? renamed(nodes.get(i - 1), i) : node(i, layers, nodeCount));
    }
    return new PlanningRequest(
        new PlanId(1),
        model(layers),
        WeightType.FAST,
        new ClusterProfile(nodes, links(nodes)),
        new NodeId("n0"),
        new Workload(64, random.nextInt(1, 3), random.nextInt(4, 33)),
        new TypicalRequest(random.nextInt(1, 100), 16),
        objective(),
        constraints(nodes, layers),
        new WireFormat(Float.BYTES, random.nextInt(2) * 200));
  }

  private ModelSpec model(int layers) {
    ModelSpec even = Models.of(layers, LAYER_BYTES);
    if (!unevenLayers) {
      return even;
    }
    List<PartWeights> uneven = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      long bytes = LAYER_BYTES * random.nextInt(1, 3);
      uneven.add(new PartWeights(bytes, bytes, bytes, bytes));
    }
    return new ModelSpec(
        even.name(),
        even.architecture(),
        even.hiddenSize(),
        even.headCount(),
        even.kvHeadCount(),
        even.headDim(),
        even.feedForwardSize(),
        even.vocabularySize(),
        even.contextLength(),
        even.normEpsilon(),
        even.rope(),
        even.tiedHead(),
        even.embedding(),
        uneven,
        even.head());
  }

  private Objective objective() {
    PipelineMode mode = random.nextBoolean() ? PipelineMode.BUBBLES : PipelineMode.NO_BUBBLES;
    OptionalDouble limit =
        random.nextInt(3) == 0
            ? OptionalDouble.of(random.nextDouble(5, 60))
            : OptionalDouble.empty();
    return new MostTokensPerSecond(mode, random.nextInt(1, 7), limit);
  }

  private Constraints constraints(List<NodeProfile> nodes, int layers) {
    if (random.nextInt(3) > 0) {
      return Constraints.NONE;
    }
    NodeId some = nodes.get(random.nextInt(nodes.size())).node();
    Set<NodeId> excluded = new HashSet<>();
    Map<NodeId, Long> caps = new HashMap<>();
    if (random.nextBoolean()) {
      caps.put(some, memory(layers, nodes.size()));
    } else if (random.nextInt(4) > 0 && !some.value().equals("n0")) {
      excluded.add(some);
    }
    Map<Integer, NodeId> pinned =
        random.nextInt(6) == 0 ? Map.of(random.nextInt(layers), new NodeId("n0")) : Map.of();
    return new Constraints(
        random.nextInt(3), random.nextInt(8) == 0, pinned, excluded, caps, false);
  }

  private long memory(int layers, int nodeCount) {
    double share = random.nextDouble(0.3, 3) / nodeCount;
    return MemoryOffer.PROCESS_BYTES + (long) (LAYER_BYTES * (2 + (layers + 2) * share * 1.2));
  }

  private NodeProfile node(int index, int layers, int nodeCount) {
    double layerMs = random.nextInt(3) == 0 ? 1 : random.nextDouble(0.2, 4);
    double fixedMs = random.nextInt(2) * random.nextDouble(0, random.nextInt(4) == 0 ? 20 : 1);
    ComputeProfile compute =
        new ComputeProfile(
            new LayerTimes(line(layerMs), random.nextInt(2) * 0.001),
            new LayerTimes(line(layerMs), 0.002),
            line(random.nextDouble(0, 0.3)),
            line(random.nextDouble(0, 3)),
            line(fixedMs));
    String machine = random.nextInt(4) == 0 ? "shared" : "machine-" + index;
    return new NodeProfile(
        new NodeId("n" + index),
        machine,
        MemoryOffer.of(memory(layers, nodeCount)),
        compute,
        Optional.empty());
  }

  private TimeCurve line(double firstMs) {
    return TimeCurve.line(firstMs, firstMs * random.nextDouble(0, 1));
  }

  private static NodeProfile renamed(NodeProfile node, int index) {
    String machine = node.machine().equals("shared") ? "shared" : "machine-" + index;
    return new NodeProfile(
        new NodeId("n" + index), machine, node.memory(), node.compute(), node.power());
  }

  private List<LinkProfile> links(List<NodeProfile> nodes) {
    boolean areAlike = random.nextInt(3) == 0;
    List<LinkProfile> links = new ArrayList<>();
    for (NodeProfile from : nodes) {
      if (areAlike || nodes.size() > 2) {
        links.add(new LinkProfile(from.node(), from.node(), HANDOVER_MS, 1e8));
      }
      for (NodeProfile to : nodes) {
        if (!from.equals(to)) {
          double latencyMs = areAlike ? 0.5 : random.nextInt(2) * random.nextDouble(0, 3);
          double rate = areAlike ? 1e6 : Math.exp(random.nextDouble(Math.log(3e4), Math.log(3e6)));
          links.add(new LinkProfile(from.node(), to.node(), latencyMs, rate));
        }
      }
    }
    return links;
  }
}
