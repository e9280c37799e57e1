package io.edgeshard.web.status;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A cluster that is as a test says, and counts how often it was looked at. */
public final class ScriptedClusterStatus implements ClusterStatusSource {
  private final AtomicInteger looks = new AtomicInteger();
  private volatile ClusterStatus status = ready(0);

  /** Two nodes that serve, after so many steps. */
  public static ClusterStatus ready(long steps) {
    return new ClusterStatus(
        true,
        "",
        "tiny",
        "fast",
        1,
        30,
        List.of(
            new ClusterStatus.Node("one", "ready", 0, 10, true, false, 40, 50, 100),
            new ClusterStatus.Node("two", "ready", 10, 30, false, true, 80, 90, 100)),
        steps,
        List.of(),
        List.of(),
        "");
  }

  /** Nothing that serves, for this reason. */
  public static ClusterStatus notReady(String reason) {
    return new ClusterStatus(false, reason, "", "", 0, 0, List.of(), 0, List.of(), List.of(), "");
  }

  /** From now on it is like this. */
  public void become(ClusterStatus next) {
    status = next;
  }

  /** How often it was looked at. */
  public int lookCount() {
    return looks.get();
  }

  @Override
  public ClusterStatus status() {
    looks.incrementAndGet();
    return status;
  }
}
