package io.edgeshard.verticles.planning;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.WhatIf;
import io.edgeshard.web.plan.WhatIf.AddedDevice;
import io.edgeshard.web.plan.WhatIf.ChangedLink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A cluster while nodes are taken out and put in and links change. Used once, not thread-safe. */
final class ChangedCluster {
  private static final int MOST_NODES = 256;
  private static final double BYTES_PER_SECOND_OF_MEGABIT = 1e6 / 8;

  private final PlanningRequest before;
  private final Planner planner;
  private final List<String> notes;
  private final Map<NodeId, String> devices;
  private final Map<NodeId, NodeProfile> nodes = new TreeMap<>();
  private List<LinkProfile> links;

  ChangedCluster(Scenario today) {
    this.before = today.request();
    this.planner = today.planner();
    this.notes = today.notes();
    this.devices = new HashMap<>(today.devices());
    before.cluster().nodes().forEach(node -> nodes.put(node.node(), node));
    this.links = new ArrayList<>(before.cluster().links());
  }

  Scenario apply(WhatIf change) {
    change.remove().forEach(this::remove);
    change.add().forEach(this::add);
    change.links().forEach(this::changeLink);
    PlanningRequest after =
        before.withCluster(new ClusterProfile(List.copyOf(nodes.values()), links));
    return new Scenario(after, planner, devices, notes);
  }

  private void remove(String name) {
    NodeId node = known(name);
    if (node.equals(before.source())) {
      throw new PlanRefusedException(
          "expected a node other than the source to remove, found '%s', which serves the clients and holds the embedding"
              .formatted(name));
    }
    before.constraints().pinned().entrySet().stream()
        .filter(pinned -> pinned.getValue().equals(node))
        .findFirst()
        .ifPresent(
            pinned -> {
              throw new PlanRefusedException(
                  "expected a node to remove that no layer is pinned to, found '%s', which must run layer %d"
                      .formatted(name, pinned.getKey()));
            });
    nodes.remove(node);
    devices.remove(node);
    links.removeIf(link -> link.from().equals(node) || link.to().equals(node));
  }

  private void add(AddedDevice added) {
    if (nodes.size() >= MOST_NODES) {
      throw new PlanRefusedException("expected at most %d nodes, found more".formatted(MOST_NODES));
    }
    NodeId node = freeName(added.device());
    NodeProfile profile =
        Devices.find(added.device())
            .map(device -> device.profile(node, before.model(), before.weightType()))
            .orElseThrow(
                () ->
                    PlanRefusedException.unknownName(
                        Names.unknown(
                            "a device of the catalogue", added.device(), Devices.names())));
    double bytesPerSecond = added.megabitsPerSecond() * BYTES_PER_SECOND_OF_MEGABIT;
    for (NodeId other : nodes.keySet()) {
      links.add(new LinkProfile(other, node, added.latencyMs(), bytesPerSecond));
      links.add(new LinkProfile(node, other, added.latencyMs(), bytesPerSecond));
    }
    nodes.put(node, profile);
    devices.put(node, added.device());
  }

  /** The device's name, with a number when there is a node of that name. */
  private NodeId freeName(String device) {
    String plain = device.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    String name = plain.isEmpty() ? "device" : plain.substring(0, Math.min(plain.length(), 58));
    NodeId free = new NodeId(name);
    for (int n = 2; nodes.containsKey(free); n++) {
      free = new NodeId(name + "-" + n);
    }
    return free;
  }

  private void changeLink(ChangedLink changed) {
    NodeId one = known(changed.from());
    NodeId other = known(changed.to());
    if (one.equals(other)) {
      throw new PlanRefusedException(
          "expected a link between two nodes, found '%s' twice".formatted(changed.from()));
    }
    if (!(changed.factor() > 0) || Double.isInfinite(changed.factor())) {
      throw new PlanRefusedException(
          "expected a finite factor above 0 for the link of %s and %s, found %s"
              .formatted(one, other, changed.factor()));
    }
    links =
        new ArrayList<>(
            links.stream()
                .map(link -> joins(link, one, other) ? link.faster(changed.factor()) : link)
                .toList());
  }

  private static boolean joins(LinkProfile link, NodeId one, NodeId other) {
    return (link.from().equals(one) && link.to().equals(other))
        || (link.from().equals(other) && link.to().equals(one));
  }

  private NodeId known(String name) {
    List<String> names = nodes.keySet().stream().map(NodeId::value).toList();
    if (!names.contains(name)) {
      throw PlanRefusedException.unknownName(Names.unknown("a node of the cluster", name, names));
    }
    return new NodeId(name);
  }
}
