package io.edgeshard.verticles.placement.watch;

import io.edgeshard.verticles.membership.NodeInfo;
import java.time.Duration;
import java.util.Set;

/**
 * Says once for every set of nodes when their links are to be measured a second time. The first
 * figures are taken by programs that have just started, whose code is slow and whose maps are still
 * moving; a plan is made of them all the same, since people wait for it. Not thread-safe.
 */
public final class Settling {
  private static final Duration AFTER = Duration.ofSeconds(20);

  private Set<NodeInfo> nodes = Set.of();
  private long readyMillis;
  private boolean isDone;

  /**
   * Whether it is time.
   *
   * @param planned the nodes that a plan was asked for last
   * @param ready whether their plan is in force, and nothing runs
   * @param nowMillis wall clock
   */
  public boolean isDue(Set<NodeInfo> planned, boolean ready, long nowMillis) {
    if (!ready) {
      return false;
    }
    if (!nodes.equals(planned)) {
      nodes = planned;
      readyMillis = nowMillis;
      isDone = planned.size() < 2;
    }
    boolean isDue = !isDone && nowMillis - readyMillis >= AFTER.toMillis();
    isDone |= isDue;
    return isDue;
  }
}
