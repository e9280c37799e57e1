package io.edgeshard.verticles.profile;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.verticles.membership.NodeInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measurements of nodes that are all the same, as they would have published them. */
public final class Published {
  private static final LayerTimes LAYER = new LayerTimes(TimeCurve.line(1, 0.1), 0.001);

  private Published() {}

  /** What these nodes, the links between them and the ways within them were measured to be. */
  public static Measurements by(List<NodeInfo> nodes) {
    Map<NodeId, NodeMeasurement> measured = new HashMap<>();
    Map<LinkId, LinkMeasurement> links = new HashMap<>();
    for (NodeInfo from : nodes) {
      measured.put(from.id(), node(from, "machine of " + from.node()));
      nodes.stream().map(to -> link(from, to)).forEach(link -> links.put(link.id(), link));
    }
    return new Measurements(measured, links);
  }

  /** What a node measured of itself; the model is {@code sha}, run fast. */
  public static NodeMeasurement node(NodeInfo info, String machine) {
    long bytes = info.memoryLimitBytes();
    return new NodeMeasurement(
        info.node(),
        info.memberId(),
        machine,
        new NodeMeasurement.Processor("test", 2, List.of("avx2")),
        new NodeMeasurement.Model("sha", "fast", "1", 2),
        new NodeMeasurement.Memory(bytes, bytes, bytes, 0, 1),
        new ComputeProfile(LAYER, LAYER, TimeCurve.none(), TimeCurve.line(2, 1), TimeCurve.none()),
        0.1,
        1,
        null);
  }

  /** What a node measured of its link to another. */
  public static LinkMeasurement link(NodeInfo from, NodeInfo to) {
    return new LinkMeasurement(
        from.node(), to.node(), from.memberId(), to.memberId(), 0.4, 1e9, 0.1);
  }
}
