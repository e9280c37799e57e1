package io.edgeshard.planner;

import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Questions drawn by a seed: unequal nodes, asymmetric links that keep to no triangle, memory that
 * is tight more often than not.
 */
public final class RandomRequests {
  private static final double HANDOVER_MS = 0.4;
  private static final double INTAKE_MS = 7;
  private static final long MIB = 1L << 20;

  private final Random random;

  /** The questions of a seed. */
  public RandomRequests(long seed) {
    this.random = new Random(seed);
  }

  /** A number below a bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A question without constraints about layers that are alike. */
  public PlanningRequest next(int nodes, int layers, Objective objective) {
    List<Integer> alike = IntStream.range(0, layers).mapToObj(layer -> 16).toList();
    return request(nodes, alike, objective);
  }

  /** A question about layers of different sizes. */
  public PlanningRequest uneven(int nodes, int layers, Objective objective) {
    List<Integer> mib =
        IntStream.range(0, layers).mapToObj(layer -> 8 + 4 * random.nextInt(5)).toList();
    return request(nodes, mib, objective);
  }

  private PlanningRequest request(int nodes, List<Integer> layerMib, Objective objective) {
    List<PartWeights> layers = layerMib.stream().map(mib -> part(mib * MIB)).toList();
    ModelSpec model =
        new ModelSpec(
            "random",
            "llama",
            64,
            4,
            2,
            16,
            128,
            300,
            256,
            1e-5f,
            new RopeSpec(10_000, 16, new RopeSpec.NoScaling()),
            true,
            part((4 + random.nextInt(12)) * MIB),
            layers,
            part((4 + random.nextInt(12)) * MIB));
    int prompt = 8 + random.nextInt(60);
    return new PlanningRequest(
        new PlanId(1),
        model,
        WeightType.FAST,
        cluster(nodes, layerMib.size()),
        new NodeId("n" + random.nextInt(nodes)),
        new Workload(128, 2, 128),
        new TypicalRequest(prompt, 1 + random.nextInt(60), INTAKE_MS),
        objective,
        Constraints.NONE,
        WireFormat.FLOAT32);
  }

  private static PartWeights part(long bytes) {
    return new PartWeights(bytes, bytes, bytes, bytes);
  }

  private ClusterProfile cluster(int count, int layers) {
    double tightness = 0.5 + 1.5 * random.nextDouble();
    List<NodeProfile> nodes = new ArrayList<>();
    List<LinkProfile> links = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double layersHeld = 2 * random.nextDouble() * tightness * layers / count;
      nodes.add(node(new NodeId("n" + i), (long) ((layersHeld * 16 + 8) * MIB)));
      if (i % 2 == 0) {
        links.add(new LinkProfile(new NodeId("n" + i), new NodeId("n" + i), HANDOVER_MS, 1e8));
      }
      for (int j = 0; j < count; j++) {
        if (i != j) {
          links.add(
              new LinkProfile(
                  new NodeId("n" + i),
                  new NodeId("n" + j),
                  3 * random.nextDouble(),
                  1e5 * Math.pow(100, random.nextDouble())));
        }
      }
    }
    return new ClusterProfile(nodes, links);
  }

  private NodeProfile node(NodeId id, long roomBytes) {
    double layerMs = Math.pow(20, random.nextDouble());
    double idle = 10 * random.nextDouble();
    ComputeProfile compute =
        new ComputeProfile(
            new LayerTimes(TimeCurve.line(layerMs, layerMs / 4), layerMs / 1000),
            new LayerTimes(TimeCurve.line(layerMs, layerMs / 8), layerMs / 2000),
            TimeCurve.line(random.nextDouble(), 0.01),
            TimeCurve.line(5 * random.nextDouble(), 0.5),
            TimeCurve.line(random.nextDouble(), 0.02));
    MemoryOffer memory =
        new MemoryOffer(
            MemoryOffer.PROCESS_BYTES + roomBytes + 4 * MIB, MIB, MemoryOffer.PROCESS_BYTES);
    return new NodeProfile(
        id,
        "machine-of-" + id,
        memory,
        compute,
        Optional.of(new PowerDraw(idle + 40 * random.nextDouble(), idle)));
  }

  /** Constraints of every kind, each in a part of the questions. */
  public PlanningRequest constrained(PlanningRequest request) {
    int layers = request.model().layerCount();
    List<NodeId> nodes = request.cluster().nodes().stream().map(NodeProfile::node).toList();
    Map<Integer, NodeId> pinned = new HashMap<>();
    Set<NodeId> excluded = new HashSet<>();
    Map<NodeId, Long> caps = new HashMap<>();
    if (random.nextInt(3) == 0) {
      pinned.put(random.nextInt(layers), nodes.get(random.nextInt(nodes.size())));
    }
    NodeId out = nodes.get(random.nextInt(nodes.size()));
    if (random.nextInt(4) == 0 && !out.equals(request.source()) && !pinned.containsValue(out)) {
      excluded.add(out);
    }
    if (random.nextInt(4) == 0) {
      NodeId capped = nodes.get(random.nextInt(nodes.size()));
      caps.put(capped, MemoryOffer.PROCESS_BYTES + 16 * MIB * (1 + random.nextInt(layers)));
    }
    int sourceLayers = random.nextInt(3) == 0 ? random.nextInt(Math.min(3, layers)) : 0;
    pinned.keySet().removeIf(layer -> layer < sourceLayers);
    boolean headOnSource = random.nextInt(5) == 0;
    return request.withConstraints(
        new Constraints(sourceLayers, headOnSource, pinned, excluded, caps, true));
  }
}
