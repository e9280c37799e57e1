package io.edgeshard.verticles.profile.schedule;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.profile.LinkId;
import io.edgeshard.verticles.profile.LinkMeasurement;
import io.edgeshard.verticles.profile.Measurements;
import io.edgeshard.verticles.profile.NodeMeasurement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Has every node that is here and every link between them measured: the nodes first, as soon as
 * they are here, then the links in rounds. What has failed is tried again after a while, unless it
 * was measured before: then that counts. Not thread-safe: one event loop.
 */
public final class Profiling {
  private final ProfiledModel model;
  private final NodeId source;
  private final Measuring measuring;

  private final Attempts<NodeId> nodeAttempts;
  private final Attempts<LinkId> linkAttempts;
  private final Map<NodeId, NodeInfo> here = new TreeMap<>();
  private Measurements published = Measurements.NONE;

  /**
   * A profiling of a cluster nobody is seen of yet.
   *
   * @param source the node that serves clients: of it the way within it is measured as well
   * @param epochMillis wall clock
   */
  public Profiling(
      ProfiledModel model, NodeId source, Measuring measuring, LongSupplier epochMillis) {
    this.model = model;
    this.source = source;
    this.measuring = measuring;
    this.nodeAttempts = new Attempts<>(epochMillis);
    this.linkAttempts = new Attempts<>(epochMillis);
  }

  /** Who is here now, and speaks this protocol. */
  public void nodesAre(List<NodeInfo> nodes) {
    Map<NodeId, NodeInfo> before = Map.copyOf(here);
    here.clear();
    nodes.forEach(info -> here.put(info.id(), info));
    here.forEach(
        (node, info) -> {
          if (!info.equals(before.get(node))) {
            nodeAttempts.forgive(node::equals);
            linkAttempts.forgive(link -> link.from().equals(node) || link.to().equals(node));
          }
        });
  }

  /** What the nodes have published by now. */
  public void measurementsAre(Measurements all) {
    published = all;
  }

  /** Everything is to be measured anew; what is known counts until then. */
  public void measureAgain() {
    nodeAttempts.anew(here.keySet());
    measureLinksAgain();
  }

  /** Every link is to be measured anew; what is known counts until then. */
  public void measureLinksAgain() {
    linkAttempts.anew(pairs());
  }

  /** What is known does for now. */
  public void measureNothingAgain() {
    nodeAttempts.forgetStale();
    linkAttempts.forgetStale();
  }

  /** What counts of what the nodes that are here say of themselves. */
  public Map<NodeId, NodeMeasurement> nodes() {
    Map<NodeId, NodeMeasurement> counting = new TreeMap<>();
    here.forEach(
        (node, info) ->
            Optional.ofNullable(published.nodes().get(node))
                .filter(measured -> model.misfit(measured, info).isEmpty())
                .ifPresent(measured -> counting.put(node, measured)));
    return counting;
  }

  /** What counts of the links between the nodes that are here. */
  public Map<LinkId, LinkMeasurement> links() {
    Map<LinkId, LinkMeasurement> counting = new TreeMap<>();
    for (LinkId link : pairs()) {
      Optional.ofNullable(published.links().get(link))
          .filter(
              measured ->
                  measured.fromMemberId().equals(memberId(link.from()))
                      && measured.toMemberId().equals(memberId(link.to())))
          .ifPresent(measured -> counting.put(link, measured));
    }
    return counting;
  }

  /** What is missing, in words; empty when everything is measured. */
  public Optional<String> missing() {
    Set<NodeId> nodes = dueNodes();
    if (!nodes.isEmpty()) {
      return Optional.of(nodeAttempts.failureOf(nodes).orElseGet(() -> measuringThemselves(nodes)));
    }
    Set<LinkId> links = dueLinks();
    int all = pairs().size();
    return links.isEmpty()
        ? Optional.empty()
        : Optional.of(
            linkAttempts
                .failureOf(links)
                .orElseGet(
                    () -> "measuring links %d of %d".formatted(all - links.size() + 1, all)));
  }

  /**
   * Begins with what is due.
   *
   * @param serving whether answers are running: then only newcomers are measured, gently
   * @param inUse the nodes of the plan in force
   * @param changed called when something has ended
   */
  public void advance(boolean serving, Set<NodeId> inUse, Runnable changed) {
    dueNodes().stream()
        .filter(nodeAttempts::mayBegin)
        .filter(node -> linkAttempts.running().isEmpty())
        .filter(node -> !(serving && disturbs(node, inUse)))
        .forEach(node -> begin(node, changed));
    boolean nodesAreDone =
        nodeAttempts.running().isEmpty() && dueNodes().stream().noneMatch(nodeAttempts::mayBegin);
    if (nodesAreDone) {
      nextLinks(serving, inUse).forEach(link -> begin(link, serving, changed));
    }
  }

  private void begin(NodeId node, Runnable changed) {
    nodeAttempts.begin(
        node,
        measuring.node(node, nodeAttempts.isStale(node)),
        measured -> !dueNodes().contains(measured),
        changed);
  }

  private void begin(LinkId link, boolean gentle, Runnable changed) {
    linkAttempts.begin(
        link,
        measuring.link(link, memberId(link.to()), gentle),
        measured -> !dueLinks().contains(measured),
        changed);
  }

  private List<LinkId> nextLinks(boolean serving, Set<NodeId> inUse) {
    List<LinkId> running = linkAttempts.running();
    Map<NodeId, String> machines = new HashMap<>();
    nodes().forEach((node, measured) -> machines.put(node, measured.machine()));
    List<LinkId> waiting =
        dueLinks().stream()
            .filter(linkAttempts::mayBegin)
            .filter(link -> machines.keySet().containsAll(link.nodes()))
            .filter(link -> !serving || !inUse.containsAll(link.nodes()))
            .toList();
    List<LinkId> next = LinkRounds.next(waiting, running, machines);
    // Spread out: one at a time, one with each look.
    return serving ? next.stream().limit(running.isEmpty() ? 1 : 0).toList() : next;
  }

  /** Whether a node may share a machine with one of the plan: it is not measured yet. */
  private boolean disturbs(NodeId node, Set<NodeId> inUse) {
    String host = host(node);
    return inUse.contains(node) || inUse.stream().anyMatch(used -> host(used).equals(host));
  }

  private Set<NodeId> dueNodes() {
    Set<NodeId> due = new TreeSet<>(here.keySet());
    due.removeAll(nodes().keySet());
    here.keySet().stream().filter(nodeAttempts::isStale).forEach(due::add);
    return due;
  }

  private Set<LinkId> dueLinks() {
    Set<LinkId> all = pairs();
    Set<LinkId> due = new TreeSet<>(all);
    due.removeAll(links().keySet());
    all.stream().filter(linkAttempts::isStale).forEach(due::add);
    return due;
  }

  private Set<LinkId> pairs() {
    Set<LinkId> pairs = new TreeSet<>();
    for (NodeId from : here.keySet()) {
      here.keySet().stream()
          .filter(to -> !to.equals(from) || from.equals(source))
          .forEach(to -> pairs.add(new LinkId(from, to)));
    }
    return pairs;
  }

  private static String measuringThemselves(Set<NodeId> nodes) {
    List<String> names = nodes.stream().map(NodeId::value).toList();
    return names.size() == 1
        ? names.get(0) + " is measuring itself"
        : String.join(", ", names) + " are measuring themselves";
  }

  private String memberId(NodeId node) {
    NodeInfo info = here.get(node);
    return info == null ? "" : info.memberId();
  }

  private String host(NodeId node) {
    NodeInfo info = here.get(node);
    return info == null ? "" : info.host();
  }
}
