package io.edgeshard.verticles.membership;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A node's claim of its name: put where nobody has it, or in place of a process that is gone. Each
 * attempt is one atomic operation on the map, so two processes never both hold a name.
 */
final class NameClaim {
  private final Vertx vertx;
  private final AsyncMap<String, String> names;
  private final NodeInfo self;
  private final Predicate<NodeInfo> isAlive;
  private final Duration goneAfter;

  /** A claim not made yet; a holder that is not alive is looked at again {@code goneAfter}. */
  NameClaim(
      Vertx vertx,
      AsyncMap<String, String> names,
      NodeInfo self,
      Predicate<NodeInfo> isAlive,
      Duration goneAfter) {
    this.vertx = vertx;
    this.names = names;
    this.self = self;
    this.isAlive = isAlive;
    this.goneAfter = goneAfter;
  }

  /** Gives the process that has the name; empty when it is this one. */
  Future<Optional<NodeInfo>> claim() {
    return names
        .putIfAbsent(self.node(), SharedMaps.write(self))
        .compose(
            found ->
                found == null || isMine(found)
                    ? Future.succeededFuture(Optional.empty())
                    : contest(found));
  }

  private Future<Optional<NodeInfo>> contest(String found) {
    Optional<NodeInfo> alive = alive(found);
    return alive.isPresent()
        ? Future.succeededFuture(alive)
        : later().compose(go -> replace(found));
  }

  private Future<Optional<NodeInfo>> replace(String found) {
    Optional<NodeInfo> alive = alive(found);
    if (alive.isPresent()) {
      return Future.succeededFuture(alive);
    }
    return names
        .replaceIfPresent(self.node(), found, SharedMaps.write(self))
        .compose(replaced -> replaced ? Future.succeededFuture(Optional.empty()) : claim());
  }

  private Future<Void> later() {
    return vertx.timer(Math.max(1, goneAfter.toMillis()));
  }

  private boolean isMine(String found) {
    return holder(found).filter(info -> info.memberId().equals(self.memberId())).isPresent();
  }

  private Optional<NodeInfo> alive(String found) {
    return holder(found).filter(isAlive);
  }

  /** Who made a claim; a claim that cannot be read is nobody's. */
  private static Optional<NodeInfo> holder(String found) {
    try {
      return Optional.of(SharedMaps.read(found, NodeInfo.class));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
