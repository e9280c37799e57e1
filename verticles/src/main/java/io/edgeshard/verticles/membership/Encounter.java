package io.edgeshard.verticles.membership;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A joining node's wait until a node that was here before it has proven that it has the token. */
final class Encounter {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final SharedMaps maps;
  private final NodeInfo self;

  Encounter(Cluster cluster, SharedMaps maps, NodeInfo self) {
    this.cluster = cluster;
    this.maps = maps;
    this.self = self;
  }

  /** Fails with a sentence when those who are here have another token. */
  Future<Void> await() {
    return look(System.nanoTime() + LIMIT.toNanos());
  }

  private Future<Void> look(long deadlineNanos) {
    return maps.announced()
        .compose(
            announced -> {
              Set<String> others = new HashSet<>(cluster.memberIds());
              others.remove(self.memberId());
              List<NodeInfo> here =
                  announced.stream().filter(node -> others.contains(node.memberId())).toList();
              if (here.stream().anyMatch(node -> node.isProvenWith(cluster.joinToken()))) {
                return Future.succeededFuture();
              }
              boolean allHaveSpoken = !here.isEmpty() && here.size() == others.size();
              return allHaveSpoken || System.nanoTime() - deadlineNanos > 0
                  ? Future.failedFuture(strangers())
                  : lookLater(deadlineNanos);
            });
  }

  private Future<Void> lookLater(long deadlineNanos) {
    return cluster.vertx().timer(LOOK_INTERVAL.toMillis()).compose(looked -> look(deadlineNanos));
  }

  private static IllegalStateException strangers() {
    return new IllegalStateException(
        "expected the join token of this cluster, found another: copy the one that its first node"
            + " printed into EDGESHARD_TOKEN, or name its file with --token-file");
  }
}
