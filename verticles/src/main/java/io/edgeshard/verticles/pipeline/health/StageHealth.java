package io.edgeshard.verticles.pipeline.health;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When each stage of the plan was last heard of. Not thread-safe.
 *
 * <p>A killed node is reported by the cluster within a second; a frozen one keeps its sockets open
 * and is noticed here, by its silence.
 */
public final class StageHealth {
  /** A stage that has not been heard of for so long is silent. */
  public static final Duration SILENCE = Duration.ofSeconds(5);

  /** After a pause longer than this, this process was frozen itself. */
  private static final Duration STAND_STILL = Duration.ofSeconds(3);

  private final Map<NodeId, Long> heardNanos = new HashMap<>();
  private final Map<NodeId, ProbeAnswer> answers = new HashMap<>();
  private long lastLookNanos;

  /** Starts anew with the nodes of a plan, all of which have just been heard of. */
  public void watch(List<NodeId> nodes, long nowNanos) {
    heardNanos.clear();
    nodes.forEach(node -> heardNanos.put(node, nowNanos));
  }

  /** Notes that a node has been heard of just now. */
  public void heard(NodeId node, long nowNanos) {
    heardNanos.computeIfPresent(node, (id, before) -> nowNanos);
  }

  /** Notes what a node said of itself. */
  public void answered(NodeId node, ProbeAnswer answer, long nowNanos) {
    heard(node, nowNanos);
    answers.put(node, answer);
  }

  /** Memory of each watched node's process, as it last said. */
  public Map<NodeId, Long> residentBytes() {
    Map<NodeId, Long> resident = new HashMap<>();
    answers.forEach((node, answer) -> resident.put(node, answer.residentBytes()));
    resident.keySet().retainAll(heardNanos.keySet());
    return resident;
  }

  /**
   * Notes a look at the nodes, of which there is one a second; true when the one before was longer
   * ago. Then it was this process that stood still, and what the nodes said meanwhile is yet to be
   * read: they begin anew.
   */
  public boolean stoodStill(long nowNanos) {
    boolean stoodStill = nowNanos - lastLookNanos > STAND_STILL.toNanos();
    lastLookNanos = nowNanos;
    if (stoodStill) {
      heardNanos.replaceAll((node, before) -> nowNanos);
    }
    return stoodStill;
  }

  /** That a node is silent, for people. */
  public static String silence(NodeId node, String work) {
    return "node %s, which runs %s, has not answered for more than %d s"
        .formatted(node, work, SILENCE.toSeconds());
  }

  /** The first of the silent nodes, by node id. */
  public Optional<NodeId> silent(long nowNanos) {
    return heardNanos.entrySet().stream()
        .filter(entry -> nowNanos - entry.getValue() > SILENCE.toNanos())
        .map(Map.Entry::getKey)
        .sorted()
        .findFirst();
  }
}
