package io.edgeshard.planner.paper;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.catalogue.CatalogueDevice;
import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The paper's testbed (section V-A): 12 AGX Orin, 2 Orin NX and an RTX 3090 as the cloud; the
 * source is one of the Jetsons. Everything but source and cloud is joined at 50 Mbit/s; the 20 %
 * variance is left out, since the paper does not say what varies. A transfer takes 2.1 ms besides
 * its bytes, as in the lab's scripts. Activations are float32, what comes back is a token id.
 */
public final class Testbed {
  /** The cloud's node. */
  public static final NodeId CLOUD = new NodeId("cloud");

  /** The source when it is an AGX Orin. */
  public static final String AGX_ORIN = "jetson-agx-orin";

  /** The source when it is an Orin NX. */
  public static final String ORIN_NX = "jetson-orin-nx";

  /** The paper's models, as the catalogue names them. */
  public static final String LLAMA_7B = "llama-2-7b";

  public static final String LLAMA_13B = "llama-2-13b";
  public static final String LLAMA_70B = "llama-2-70b";

  /** Rate of every link but that between source and cloud, in Mbit/s. */
  public static final double EDGE_MEGABITS = 50;

  /** What every transfer takes besides its bytes. */
  public static final double TRANSFER_MS = 2.1;

  private static final int AGX_COUNT = 12;
  private static final int NX_COUNT = 2;

  /** 24 GiB in the lab's throughput script, where its latency script and the catalogue have 22. */
  private static final long CLOUD_BYTES_FOR_THROUGHPUT = 24L << 30;

  private static final double BYTES_PER_SECOND_OF_A_MEGABIT = 1e6 / 8;
  private static final int CONTEXT_TOKENS =
      TypicalRequest.OF_THE_PAPER.promptTokens() + TypicalRequest.OF_THE_PAPER.newTokens();

  /** Values alone: the paper's figures leave no room for an envelope. */
  private static final WireFormat WIRE = new WireFormat(Float.BYTES, 0);

  private Testbed() {}

  /** The node of a source device. */
  public static NodeId source(String device) {
    return switch (device) {
      case AGX_ORIN -> new NodeId("agx-01");
      case ORIN_NX -> new NodeId("nx-1");
      default ->
          throw new IllegalArgumentException(
              "expected %s or %s as the source, found %s".formatted(AGX_ORIN, ORIN_NX, device));
    };
  }

  /** What a planner is asked for a cell, on all devices, with so many sequences promised. */
  static PlanningRequest request(PaperQuestion question, Objective objective, int sequences) {
    ModelSpec model =
        Models.find(question.model())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "expected a model of the catalogue, found " + question.model()));
    return new PlanningRequest(
        new PlanId(1),
        model,
        WeightType.FLOAT32,
        cluster(question, model),
        source(question.source()),
        workload(sequences),
        TypicalRequest.OF_THE_PAPER,
        objective,
        Constraints.NONE,
        WIRE);
  }

  /** The paper's request, promised so often at once. */
  static Workload workload(int sequences) {
    return new Workload(CONTEXT_TOKENS, sequences, TypicalRequest.OF_THE_PAPER.promptTokens());
  }

  private static ClusterProfile cluster(PaperQuestion question, ModelSpec model) {
    List<NodeProfile> nodes = new ArrayList<>();
    for (int i = 1; i <= AGX_COUNT; i++) {
      nodes.add(node(AGX_ORIN, "agx-%02d".formatted(i), model));
    }
    for (int i = 1; i <= NX_COUNT; i++) {
      nodes.add(node(ORIN_NX, "nx-" + i, model));
    }
    NodeProfile cloud = node("rtx-3090", CLOUD.value(), model);
    nodes.add(
        question.metric().isTime()
            ? cloud
            : cloud.withMemory(new MemoryOffer(CLOUD_BYTES_FOR_THROUGHPUT, 0, 0)));
    List<NodeId> names = nodes.stream().map(NodeProfile::node).toList();
    return new ClusterProfile(nodes, links(names, question));
  }

  /** Usable memory is the lab's: what is left for the model, its process not counted again. */
  private static NodeProfile node(String device, String name, ModelSpec model) {
    CatalogueDevice found = Devices.find(device).orElseThrow();
    return found
        .profile(new NodeId(name), model, WeightType.FLOAT32)
        .withMemory(new MemoryOffer(found.memory().usableBytes(), 0, 0));
  }

  private static List<LinkProfile> links(List<NodeId> names, PaperQuestion question) {
    NodeId source = source(question.source());
    List<LinkProfile> links = new ArrayList<>();
    for (NodeId from : names) {
      for (NodeId to : names) {
        if (!from.equals(to)) {
          boolean isSlow = Set.of(from, to).equals(Set.of(source, CLOUD));
          double megabits = isSlow ? question.cloudMegabits() : EDGE_MEGABITS;
          links.add(
              new LinkProfile(from, to, TRANSFER_MS, megabits * BYTES_PER_SECOND_OF_A_MEGABIT));
        }
      }
    }
    return links;
  }

  /** The same question about source and cloud alone. */
  static PlanningRequest onlySourceAndCloud(PlanningRequest request) {
    List<NodeProfile> nodes =
        request.cluster().nodes().stream()
            .filter(node -> node.node().equals(request.source()) || node.node().equals(CLOUD))
            .toList();
    List<NodeId> names = nodes.stream().map(NodeProfile::node).toList();
    List<LinkProfile> links =
        request.cluster().links().stream()
            .filter(link -> names.contains(link.from()) && names.contains(link.to()))
            .toList();
    return request.withCluster(new ClusterProfile(nodes, links));
  }

  /** The same question with so much more memory on every node that nothing is too large. */
  static PlanningRequest withoutMemoryLimits(PlanningRequest request) {
    MemoryOffer endless = new MemoryOffer(Long.MAX_VALUE / 2, 0, 0);
    return request.withCluster(
        new ClusterProfile(
            request.cluster().nodes().stream().map(node -> node.withMemory(endless)).toList(),
            request.cluster().links()));
  }

  /** The same question with every node so many times as slow. */
  static PlanningRequest slower(PlanningRequest request, double factor) {
    return request.withCluster(
        new ClusterProfile(
            request.cluster().nodes().stream()
                .map(
                    node ->
                        new NodeProfile(
                            node.node(),
                            node.machine(),
                            node.memory(),
                            node.compute().times(factor),
                            node.power()))
                .toList(),
            request.cluster().links()));
  }
}
