package io.edgeshard.verticles.profile.node;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.verticles.profile.LinkId;
import io.edgeshard.verticles.profile.LinkMeasurement;
import io.edgeshard.verticles.profile.NodeMeasurement;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureLink;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineLink;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node has measured and answers for. Not thread-safe. */
final class OwnMeasurements {
  private static final Logger LOG = LoggerFactory.getLogger(OwnMeasurements.class);

  /** How far one word of the traffic moves a link's latency, or how fast the node counts. */
  private static final double TRAFFIC_PART = 0.5;

  private final NodeId node;
  private final String memberId;
  private final Map<LinkId, LinkMeasurement> links = new HashMap<>();
  private Optional<NodeMeasurement> self = Optional.empty();

  OwnMeasurements(NodeId node, String memberId) {
    this.node = node;
    this.memberId = memberId;
  }

  Optional<NodeMeasurement> self() {
    return self;
  }

  List<LinkMeasurement> links() {
    return List.copyOf(links.values());
  }

  /** Notes what the node measured of itself; what traffic showed before still counts. */
  NodeMeasurement measured(NodeMeasurement measured) {
    NodeMeasurement now = self.map(measured::after).orElse(measured);
    self = Optional.of(now);
    return now;
  }

  /** Notes what the node measured of a link. */
  LinkMeasurement measured(MeasureLink command, LinkMeter.Figures figures) {
    LinkMeasurement link =
        new LinkMeasurement(
            node.value(),
            command.to().value(),
            memberId,
            command.toMemberId(),
            figures.latencyMs(),
            figures.bytesPerSecond(),
            figures.spread());
    LOG.info(
        "event=link-measured link={} latencyMs={} bytesPerSecond={} spread={}",
        link.id().key(),
        link.latencyMs(),
        link.bytesPerSecond(),
        link.spread());
    return keep(link);
  }

  /** Notes what traffic showed; the link as it is now, if it has been measured. */
  Optional<LinkMeasurement> refined(RefineLink seen) {
    long bytes = WireFormat.FLOAT32.hiddenStatesBytes(1, seen.rowBytes() / Float.BYTES);
    return Optional.ofNullable(links.get(new LinkId(node, seen.to())))
        .map(link -> keep(link.seen(bytes, seen.rowMs(), TRAFFIC_PART)));
  }

  /** Notes what traffic showed; the node as it is now, if it has been measured. */
  Optional<NodeMeasurement> refined(RefineStage seen) {
    self = self.map(measured -> measured.seen(seen, TRAFFIC_PART));
    return self;
  }

  /** Forgets the links to processes that are gone. */
  void forgetLinksExceptTo(Set<String> memberIds) {
    links.values().removeIf(link -> !memberIds.contains(link.toMemberId()));
  }

  private LinkMeasurement keep(LinkMeasurement link) {
    links.put(link.id(), link);
    return link;
  }
}
