package io.edgeshard.verticles.local.network;

import io.edgeshard.verticles.config.NodeConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Whether a node is there yet. */
public final class Reachability {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
  private static final long PAUSE_MS = 50;

  private Reachability() {}

  /** Waits until somebody listens at an address; false when nobody does within the limit. */
  public static boolean await(NodeConfig.Address address, Duration limit) {
    Optional<InetAddress> host = OwnAddress.resolve(address.host());
    long end = System.nanoTime() + limit.toNanos();
    while (host.isPresent()) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (leftMs <= 0) {
        return false;
      }
      Duration connectLimit = Duration.ofMillis(Math.min(leftMs, CONNECT_LIMIT.toMillis()));
      if (Ports.accepts(host.get(), address.port(), connectLimit)) {
        return true;
      }
      pause();
    }
    return false;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the wait for another node was interrupted", e);
    }
  }
}
