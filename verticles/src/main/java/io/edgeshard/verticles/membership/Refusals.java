package io.edgeshard.verticles.membership;

import io.edgeshard.verticles.config.JoinToken;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who came into the cluster and was refused, for the log and for people. Anybody who reaches the
 * cluster's port can become a member of Hazelcast; that alone makes nobody a node. Not thread-safe.
 */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** A refused process often ends at once; people are to see it all the same. */
  private static final Duration SHOWN_FOR = Duration.ofMinutes(10);

  private static final int MOST_SHOWN = 16;

  private final JoinToken token;
  private final LongSupplier epochMillis;
  private final Map<String, Refusal> refusals = new LinkedHashMap<>();

  private record Refusal(RefusedNode node, long sinceMillis) {}

  public Refusals(JoinToken token, LongSupplier epochMillis) {
    this.token = token;
    this.epochMillis = epochMillis;
  }

  /** Those who announced themselves without a proof, now or a while ago, the latest last. */
  public List<RefusedNode> of(Collection<NodeInfo> announced) {
    long now = epochMillis.getAsLong();
    announced.stream()
        .filter(node -> !node.isProvenWith(token) && !refusals.containsKey(node.memberId()))
        .forEach(node -> refuse(node, now));
    refusals.values().removeIf(old -> now - old.sinceMillis() > SHOWN_FOR.toMillis());
    return refusals.values().stream().map(Refusal::node).toList();
  }

  private void refuse(NodeInfo node, long now) {
    LOG.warn(
        "event=node-refused node={} host={} reason=\"{}\"",
        node.node(),
        node.host(),
        RefusedNode.REASON);
    refusals.put(node.memberId(), new Refusal(new RefusedNode(node.node(), node.host()), now));
    if (refusals.size() > MOST_SHOWN) {
      refusals.remove(refusals.keySet().iterator().next());
    }
  }
}
