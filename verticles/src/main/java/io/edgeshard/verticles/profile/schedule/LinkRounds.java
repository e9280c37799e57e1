package io.edgeshard.verticles.profile.schedule;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.profile.LinkId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which links may be measured at the same time: those that share no node and no machine. */
final class LinkRounds {
  private LinkRounds() {}

  /**
   * The links to begin with now, of those that wait.
   *
   * @param waiting not measured yet
   * @param running being measured
   * @param machines what each node runs on
   */
  static List<LinkId> next(
      Collection<LinkId> waiting, Collection<LinkId> running, Map<NodeId, String> machines) {
    Set<String> busy = new HashSet<>();
    running.forEach(link -> busy.addAll(used(link, machines)));
    List<LinkId> next = new ArrayList<>();
    for (LinkId link : waiting.stream().sorted().toList()) {
      Set<String> used = used(link, machines);
      if (used.stream().noneMatch(busy::contains)) {
        busy.addAll(used);
        next.add(link);
      }
    }
    return next;
  }

  private static Set<String> used(LinkId link, Map<NodeId, String> machines) {
    return link.nodes().stream()
        .map(node -> machine(node, machines))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** A node whose machine is not known has one of its own. */
  private static String machine(NodeId node, Map<NodeId, String> machines) {
    String machine = machines.get(node);
    return machine == null ? "node " + node : "machine " + machine;
  }
}
