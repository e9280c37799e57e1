package io.edgeshard.planner.throughput.kind;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Finds the kinds among the nodes of one question. */
public final class NodeKinds {
  private final PlanRules rules;
  private final List<NodeProfile> nodes;
  private final Map<String, Integer> nodesOfMachine = new HashMap<>();
  private final Map<Pair, LinkProfile> links = new HashMap<>();

  /** Among the nodes that may take part. */
  public NodeKinds(PlanningRequest request) {
    this.rules = new PlanRules(request);
    this.nodes = rules.nodes();
    nodes.forEach(node -> nodesOfMachine.merge(node.machine(), 1, Integer::sum));
    for (LinkProfile link : request.cluster().links()) {
      links.put(new Pair(link.from(), link.to()), link);
    }
  }

  /** The source first, alone; then kinds by their first node's id. */
  public List<NodeKind> kinds() {
    List<List<NodeProfile>> groups = new ArrayList<>();
    groups.add(List.of(nodes.get(0)));
    for (NodeProfile node : nodes.subList(1, nodes.size())) {
      groups.stream()
          .skip(1)
          .filter(group -> areAlike(group.get(0), node))
          .findFirst()
          .orElseGet(
              () -> {
                groups.add(new ArrayList<>());
                return groups.get(groups.size() - 1);
              })
          .add(node);
    }
    return groups.stream().map(this::kind).toList();
  }

  private NodeKind kind(List<NodeProfile> members) {
    NodeProfile first = members.get(0);
    return new NodeKind(
        members.stream().map(NodeProfile::node).toList(), isAlone(first) ? "" : first.machine());
  }

  /** Whether exchanging two nodes changes nothing. */
  private boolean areAlike(NodeProfile one, NodeProfile other) {
    boolean machines = one.machine().equals(other.machine()) || (isAlone(one) && isAlone(other));
    return machines
        && one.compute().equals(other.compute())
        && rules.offer(one.node()).equals(rules.offer(other.node()))
        && alike(link(one, other), link(other, one))
        && nodes.stream()
            .filter(third -> !third.equals(one) && !third.equals(other))
            .allMatch(
                third ->
                    alike(link(one, third), link(other, third))
                        && alike(link(third, one), link(third, other)));
  }

  private static boolean alike(LinkProfile one, LinkProfile other) {
    return one.latencyMs() == other.latencyMs() && one.bytesPerSecond() == other.bytesPerSecond();
  }

  private boolean isAlone(NodeProfile node) {
    return nodesOfMachine.getOrDefault(node.machine(), 1) == 1;
  }

  private LinkProfile link(NodeProfile from, NodeProfile to) {
    return Objects.requireNonNull(links.get(new Pair(from.node(), to.node())));
  }

  private record Pair(NodeId from, NodeId to) {}
}
