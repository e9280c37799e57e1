package io.edgeshard.planner;

import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.planner.model.WeightType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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
    for (int i = 0; i < memoryBytes.length; i++) {
      nodes.add(new NodeProfile(new NodeId("n" + i), memoryBytes[i]));
    }
    return new PlanningRequest(
        new PlanId(1),
        model,
        WeightType.FAST,
        new ClusterProfile(nodes),
        new NodeId("n0"),
        new Workload(128, 2, 32));
  }
}
