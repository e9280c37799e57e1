package io.edgeshard.verticles.membership;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what this node says of itself, and tells listeners who is here: at every change and
 * once a second, since a view can be late while the cluster repairs itself.
 */
public final class MembershipVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(MembershipVerticle.class);
  private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);
  private static final Duration PUBLISH_INTERVAL = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final SharedMaps maps;
  private final NodeInfo self;
  private final List<Consumer<List<NodeInfo>>> listeners;
  private boolean looking;
  private boolean lookAgain;

  /**
   * A membership that is not told to anybody before it is deployed.
   *
   * @param listeners called on this verticle's event loop with the nodes that are here
   */
  public MembershipVerticle(
      Cluster cluster, SharedMaps maps, NodeInfo self, List<Consumer<List<NodeInfo>>> listeners) {
    this.cluster = cluster;
    this.maps = maps;
    this.self = self;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public Future<?> start() {
    cluster.onChange(() -> context.runOnContext(go -> look()));
    vertx.setPeriodic(LOOK_INTERVAL.toMillis(), tick -> look());
    vertx.setPeriodic(PUBLISH_INTERVAL.toMillis(), tick -> publishAgain());
    return publish().onSuccess(published -> look());
  }

  @Override
  public Future<?> stop() {
    return maps.removeNode(self).otherwiseEmpty();
  }

  private void publishAgain() {
    publish()
        .onFailure(failure -> LOG.warn("event=publish-failed reason=\"{}\"", failure.getMessage()));
  }

  /**
   * Holds the name first: who lost it while it was frozen does not speak for the one who has it.
   */
  private Future<Void> publish() {
    return cluster
        .claimName(maps, self)
        .compose(claimed -> maps.announce(self))
        .compose(announced -> maps.putNode(self));
  }

  private void look() {
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    maps.nodes()
        .onSuccess(this::tell)
        .onFailure(failure -> LOG.warn("event=look-failed reason=\"{}\"", failure.getMessage()))
        .onComplete(
            done -> {
              looking = false;
              if (lookAgain) {
                lookAgain = false;
                look();
              }
            });
  }

  /** Who is alive and has proven that it belongs here; others are not spoken to. */
  private void tell(List<NodeInfo> published) {
    Set<String> alive = new HashSet<>(cluster.memberIds());
    List<NodeInfo> here =
        published.stream()
            .filter(info -> alive.contains(info.memberId()))
            .filter(info -> info.isProvenWith(cluster.joinToken()))
            .toList();
    listeners.forEach(listener -> listener.accept(here));
  }
}
