package io.edgeshard.planner.speed;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.catalogue.CatalogueDevice;
import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clusters of all devices of the catalogue in turn, with links of 100 Mbit/s to 1 Gbit/s that vary
 * by 20 %; the same each time.
 */
public final class MixedCluster {
  private static final Workload WORKLOAD = new Workload(2048, 1, 256);
  private static final double[] MEGABITS = {100, 250, 1000};
  private static final double BYTES_PER_SECOND_OF_A_MEGABIT = 1e6 / 8;
  private static final double VARIANCE = 0.2;
  private static final double TIGHT = 1.1;
  private static final double STEP = 0.01;

  private MixedCluster() {}

  /** How much memory the nodes have. */
  public enum Room {
    /** As their devices have it. */
    ROOMY,
    /** In proportion to that, for a tenth more layers in all than the model has. */
    TIGHT
  }

  /** A question about so many nodes. */
  public static PlanningRequest request(
      ModelSpec model, int count, Room room, Objective objective) {
    List<NodeProfile> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CatalogueDevice device = Devices.all().get(i % Devices.all().size());
      NodeId name = new NodeId("n%03d-%s".formatted(i, device.name()));
      nodes.add(device.profile(name, model, WeightType.FAST));
    }
    List<NodeProfile> sized = room == Room.TIGHT ? tightened(nodes, model) : nodes;
    return new PlanningRequest(
        new PlanId(1),
        model,
        WeightType.FAST,
        new ClusterProfile(sized, links(sized)),
        sized.get(0).node(),
        WORKLOAD,
        TypicalRequest.OF_THE_PAPER,
        objective,
        Constraints.NONE,
        WireFormat.FLOAT32);
  }

  /** Every node with the same part of its memory, the least with which layers fit all the same. */
  private static List<NodeProfile> tightened(List<NodeProfile> nodes, ModelSpec model) {
    MemoryModel memory = new MemoryModel(model, WeightType.FAST, WORKLOAD);
    MemoryOffer any = nodes.get(0).memory();
    long ends = memory.estimate(any, new LayerRange(0, 0), true, true).totalBytes();
    long layer = memory.estimate(any, new LayerRange(0, 1), true, true).totalBytes() - ends;
    double part = STEP;
    while (part < 1 && layersHeld(nodes, part, ends, layer) < model.layerCount() * TIGHT) {
      part += STEP;
    }
    double found = part;
    return nodes.stream()
        .map(node -> node.withMemory(node.memory().atMost(bytes(node, found))))
        .toList();
  }

  private static long layersHeld(List<NodeProfile> nodes, double part, long ends, long layer) {
    return nodes.stream().mapToLong(node -> Math.max(0, (bytes(node, part) - ends) / layer)).sum();
  }

  private static long bytes(NodeProfile node, double part) {
    return (long) (node.memory().usableBytes() * part);
  }

  private static List<LinkProfile> links(List<NodeProfile> nodes) {
    SplittableRandom random = new SplittableRandom(7);
    List<LinkProfile> links = new ArrayList<>();
    for (NodeProfile from : nodes) {
      for (NodeProfile to : nodes) {
        if (!from.equals(to)) {
          double varied = 1 + VARIANCE * (2 * random.nextDouble() - 1);
          double megabits = MEGABITS[random.nextInt(MEGABITS.length)] * varied;
          double latencyMs = 0.3 * (1 + VARIANCE * (2 * random.nextDouble() - 1));
          links.add(
              new LinkProfile(
                  from.node(), to.node(), latencyMs, megabits * BYTES_PER_SECOND_OF_A_MEGABIT));
        }
      }
    }
    return links;
  }
}
