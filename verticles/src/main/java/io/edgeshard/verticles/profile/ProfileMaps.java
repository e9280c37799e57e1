package io.edgeshard.verticles.profile;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.membership.SharedMaps;
import io.edgeshard.verticles.membership.SharedTable;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The two shared maps of what nodes measured. Each value is its owner's, who publishes it again now
 * and then, and takes it back on leaving.
 *
 * @param nodes {@code edgeshard.profiles}, by node name
 * @param links {@code edgeshard.links}, by {@link LinkId#key()}
 */
public record ProfileMaps(SharedTable<NodeMeasurement> nodes, SharedTable<LinkMeasurement> links) {
  /** The maps of a cluster. */
  public static ProfileMaps of(SharedMaps maps) {
    return new ProfileMaps(
        maps.table("edgeshard.profiles", NodeMeasurement.class),
        maps.table("edgeshard.links", LinkMeasurement.class));
  }

  /** Publishes what a node measured of itself. */
  public Future<Void> put(NodeMeasurement node) {
    return nodes.put(node.node(), node);
  }

  /** Publishes what a node measured of a link. */
  public Future<Void> put(LinkMeasurement link) {
    return links.put(link.id().key(), link);
  }

  /**
   * All that live processes have published. What others left behind is ignored, and removed.
   *
   * @param isAlive whether the process of a member id is in the cluster
   */
  public Future<Measurements> read(Predicate<String> isAlive) {
    return nodes
        .all()
        .compose(
            allNodes ->
                links.all().map(allLinks -> alive(allNodes.values(), allLinks.values(), isAlive)));
  }

  private Measurements alive(
      Iterable<NodeMeasurement> allNodes,
      Iterable<LinkMeasurement> allLinks,
      Predicate<String> isAlive) {
    Map<NodeId, NodeMeasurement> liveNodes = new HashMap<>();
    for (NodeMeasurement node : allNodes) {
      if (isAlive.test(node.memberId())) {
        liveNodes.put(node.id(), node);
      } else {
        nodes.remove(node.node(), node);
      }
    }
    Map<LinkId, LinkMeasurement> liveLinks = new HashMap<>();
    for (LinkMeasurement link : allLinks) {
      if (List.of(link.fromMemberId(), link.toMemberId()).stream().allMatch(isAlive)) {
        liveLinks.put(link.id(), link);
      } else {
        links.remove(link.id().key(), link);
      }
    }
    return new Measurements(liveNodes, liveLinks);
  }
}
