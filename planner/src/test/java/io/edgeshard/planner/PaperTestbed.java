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

/**
 * The paper's testbed from first principles: a roofline with two calibrated numbers (0.919 of an
 * AGX's bandwidth, half of the float32 peak for further sequences). Source and further nodes are
 * AGX Orins, two are Orin NXs, one an RTX 3090 called {@code cloud}; 1 Mbit/s between source and
 * cloud, 50 Mbit/s elsewhere.
 */
public final class PaperTestbed {
  private static final double MBIT = 1e6 / 8;
  private static final long GIB = 1L << 30;
  private static final int AGX_COUNT = 12;

  private PaperTestbed() {}

  /** A size of Llama 2 in float32. */
  public enum Llama2 {
    SEVEN(32, 4096, 32, 32, 11008),
    THIRTEEN(40, 5120, 40, 40, 13824),
    SEVENTY(80, 8192, 64, 8, 28672);

    private final int layers;
    private final int hidden;
    private final int heads;
    private final int kvHeads;
    private final int feedForward;

    Llama2(int layers, int hidden, int heads, int kvHeads, int feedForward) {
      this.layers = layers;
      this.hidden = hidden;
      this.heads = heads;
      this.kvHeads = kvHeads;
      this.feedForward = feedForward;
    }

    private long layerBytes() {
      long attention = 2L * hidden * hidden + 2L * hidden * kvHeads * 128;
      return 4 * (attention + 3L * hidden * feedForward + 2L * hidden);
    }

    private long headBytes() {
      return 4L * 32_000 * hidden;
    }

    private ModelSpec spec() {
      return new ModelSpec(
          "llama-2-" + this,
          "llama",
          hidden,
          heads,
          kvHeads,
          128,
          feedForward,
          32_000,
          4096,
          1e-5f,
          new RopeSpec(10_000, 128, new RopeSpec.NoScaling()),
          false,
          part(headBytes()),
          Collections.nCopies(layers, part(layerBytes())),
          part(headBytes()));
    }

    private static PartWeights part(long bytes) {
      return new PartWeights(bytes, bytes, bytes, bytes);
    }
  }

  private record Device(double efficiency, double bytesPerSecond, double flops, long gib) {}

  private static final Device AGX = new Device(0.919, 204.8e9, 3.33e12, 29);
  private static final Device NX = new Device(0.80, 102.4e9, 1.88e12, 14);
  private static final Device RTX_3090 = new Device(0.90, 936e9, 35.6e12, 22);

  /** All fifteen machines, asked for a model at 1 Mbit/s between source and cloud. */
  public static PlanningRequest request(Llama2 size, Objective objective) {
    return request(size, objective, 1);
  }

  /** All fifteen machines, with so many Mbit/s between source and cloud. */
  public static PlanningRequest request(Llama2 size, Objective objective, double cloudMbit) {
    List<NodeProfile> nodes = new ArrayList<>();
    for (int i = 0; i < AGX_COUNT; i++) {
      nodes.add(node(i == 0 ? "agx-00-source" : "agx-%02d".formatted(i), AGX, size));
    }
    nodes.add(node("nx-1", NX, size));
    nodes.add(node("nx-2", NX, size));
    nodes.add(node("cloud", RTX_3090, size));
    return new PlanningRequest(
        new PlanId(1),
        size.spec(),
        WeightType.FLOAT32,
        new ClusterProfile(nodes, links(nodes, cloudMbit)),
        new NodeId("agx-00-source"),
        new Workload(128, 1, 32),
        TypicalRequest.OF_THE_PAPER,
        objective,
        Constraints.NONE,
        new WireFormat(Float.BYTES, 0));
  }

  /**
   * The same with 24 GiB usable on the cloud, as the authors' throughput script has it; their
   * latency script has 22.
   */
  public static PlanningRequest withWholeCloud(PlanningRequest request) {
    ClusterProfile cluster = request.cluster();
    List<NodeProfile> nodes =
        cluster.nodes().stream()
            .map(
                node ->
                    node.node().value().equals("cloud")
                        ? node.withMemory(new MemoryOffer(24 * GIB, 0, 0))
                        : node)
            .toList();
    return request.withCluster(new ClusterProfile(nodes, cluster.links()));
  }

  private static List<LinkProfile> links(List<NodeProfile> nodes, double cloudMbit) {
    List<LinkProfile> links = new ArrayList<>();
    for (NodeProfile from : nodes) {
      for (NodeProfile to : nodes) {
        if (!from.equals(to)) {
          String pair = from.node() + " " + to.node();
          boolean isSlow = pair.contains("source") && pair.contains("cloud");
          double mbit = isSlow ? cloudMbit : 50;
          links.add(new LinkProfile(from.node(), to.node(), 2.1, mbit * MBIT));
        }
      }
    }
    return links;
  }

  private static NodeProfile node(String name, Device device, Llama2 size) {
    TimeCurve layer = roofline(device, size.layerBytes());
    ComputeProfile compute =
        new ComputeProfile(
            new LayerTimes(layer, 0),
            new LayerTimes(layer, 0),
            TimeCurve.none(),
            roofline(device, size.headBytes()),
            TimeCurve.none());
    MemoryOffer memory = new MemoryOffer(device.gib * GIB, 0, 0);
    return new NodeProfile(new NodeId(name), name, memory, compute, Optional.empty());
  }

  /** Weights once over the memory's rate, and two operations a weight for each further row. */
  private static TimeCurve roofline(Device device, long bytes) {
    double firstMs = 1e3 * bytes / (device.efficiency * device.bytesPerSecond);
    double furtherMs = 1e3 * (2.0 * bytes / Float.BYTES) / (0.5 * device.flops);
    return TimeCurve.line(firstMs, furtherMs);
  }
}
