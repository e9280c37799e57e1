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
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Models and requests for tests. */
public final class Models {
  private Models() {}

  /** A model of so many layers whose parts all weigh {@code partBytes}. */
  public static ModelSpec of(int layers, long partBytes) {
    PartWeights part = new PartWeights(partBytes, partBytes, partBytes, partBytes);
    return new ModelSpec(
        "test",
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
        part,
        Collections.nCopies(layers, part),
        part);
  }

  /** A request for nodes {@code n0} (the source), {@code n1}, … with so many bytes each. */
  public static PlanningRequest request(ModelSpec model, long... memoryBytes) {
    List<NodeProfile> nodes = new ArrayList<>();
    List<LinkProfile> links = new ArrayList<>();
    for (int i = 0; i < memoryBytes.length; i++) {
      NodeId node = new NodeId("n" + i);
      nodes.add(node(node, MemoryOffer.of(memoryBytes[i]), 1));
      for (int j = 0; j < memoryBytes.length; j++) {
        if (i != j) {
          links.add(new LinkProfile(node, new NodeId("n" + j), 0.1, 1e8));
        }
      }
    }
    return new PlanningRequest(
        new PlanId(1),
        model,
        WeightType.FAST,
        new ClusterProfile(nodes, links),
        new NodeId("n0"),
        new Workload(128, 2, 32),
        TypicalRequest.OF_THE_PAPER,
        new Objective.LeastTokenTime(),
        Constraints.NONE,
        WireFormat.FLOAT32);
  }

  /** A node on a machine of its own that takes so long for a decoder layer. */
  public static NodeProfile node(NodeId node, MemoryOffer memory, double layerMs) {
    ComputeProfile compute =
        new ComputeProfile(
            new LayerTimes(TimeCurve.line(layerMs, layerMs / 4), 0),
            new LayerTimes(TimeCurve.line(layerMs, layerMs / 4), 0),
            TimeCurve.none(),
            TimeCurve.line(layerMs, layerMs / 4),
            TimeCurve.none());
    return new NodeProfile(node, "machine-of-" + node, memory, compute, Optional.empty());
  }
}
