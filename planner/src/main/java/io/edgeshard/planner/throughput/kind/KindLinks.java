package io.edgeshard.planner.throughput.kind;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * The links between kinds of nodes that can be the best or the worst, as an outlook has it: of
 * those from kind to kind, none has both more latency and a lower rate than another (or both less).
 * They are few, whatever the number of nodes and the bytes that are sent.
 */
public final class KindLinks {
  private final List<NodeKind> kinds;
  private final Outlook outlook;
  private final List<List<List<LinkProfile>>> counting = new ArrayList<>();

  /** Of the links of one question. */
  public KindLinks(PlanningRequest request, List<NodeKind> kinds, Outlook outlook) {
    this.kinds = kinds;
    this.outlook = outlook;
    Map<NodeId, Integer> kindOf = new HashMap<>();
    for (int kind = 0; kind < kinds.size(); kind++) {
      List<List<LinkProfile>> row = new ArrayList<>();
      kinds.forEach(to -> row.add(new ArrayList<>()));
      counting.add(row);
      for (NodeId member : kinds.get(kind).members()) {
        kindOf.put(member, kind);
      }
    }
    for (LinkProfile link : request.cluster().links()) {
      Integer from = kindOf.get(link.from());
      Integer to = kindOf.get(link.to());
      if (from != null && to != null && !link.isInner()) {
        add(counting.get(from).get(to), link);
      }
    }
  }

  private void add(List<LinkProfile> links, LinkProfile link) {
    if (links.stream().noneMatch(other -> decides(other, link))) {
      links.removeIf(other -> decides(link, other));
      links.add(link);
    }
  }

  /** Whether one link stands for the other, too, however many bytes are sent. */
  private boolean decides(LinkProfile one, LinkProfile other) {
    LinkProfile better = outlook == Outlook.OPTIMISTIC ? one : other;
    LinkProfile worse = outlook == Outlook.OPTIMISTIC ? other : one;
    return better.latencyMs() <= worse.latencyMs()
        && better.bytesPerSecond() >= worse.bytesPerSecond();
  }

  List<NodeKind> kinds() {
    return kinds;
  }

  Outlook outlook() {
    return outlook;
  }

  /** What is assumed from kind to kind; infinite where there is no link. */
  double[][] perPair(ToDoubleBiFunction<NodeId, NodeId> ms) {
    return counting.stream()
        .map(row -> row.stream().mapToDouble(links -> assumed(links, ms)).toArray())
        .toArray(double[][]::new);
  }

  private double assumed(List<LinkProfile> links, ToDoubleBiFunction<NodeId, NodeId> ms) {
    return links.stream()
        .mapToDouble(link -> ms.applyAsDouble(link.from(), link.to()))
        .reduce(outlook::of)
        .orElse(Double.POSITIVE_INFINITY);
  }
}
