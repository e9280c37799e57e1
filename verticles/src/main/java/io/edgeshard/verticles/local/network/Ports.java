package io.edgeshard.verticles.local.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The ports of this machine. */
public final class Ports {
  private static final int LAST_PORT = 65535;
  private static final int FIRST_PICKED = 20_000;
  private static final int END_PICKED = 32_000;
  private static final int TRIES = 200;

  private Ports() {}

  /** Whether a server could listen there now. */
  public static boolean isFree(InetAddress host, int port) {
    return obstacle(host, port).isEmpty();
  }

  /** Why no server could listen there now; empty when one could. */
  public static Optional<String> obstacle(InetAddress host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      return Optional.empty();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      boolean inUse = message.toLowerCase(Locale.ROOT).contains("in use");
      return Optional.of(inUse ? "it in use" : "'" + message + "'");
    }
  }

  /** Whether somebody listens there now. */
  public static boolean accepts(InetAddress host, int port, Duration limit) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), Math.toIntExact(limit.toMillis()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The port wanted, when it is free and not among {@code taken}; else any free one. */
  public static int preferring(int wanted, InetAddress host, Collection<Integer> taken) {
    if (wanted > 0 && wanted <= LAST_PORT && !taken.contains(wanted) && isFree(host, wanted)) {
      return wanted;
    }
    int port = anyFree(host);
    while (taken.contains(port)) {
      port = anyFree(host);
    }
    return port;
  }

  /**
   * A port that was free a moment ago. It is picked at random, so that processes that pick at the
   * same moment do not pick the same, and below the ports that systems give to outgoing
   * connections, so that none of those takes it before it is used.
   */
  public static int anyFree(InetAddress host) {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_PICKED, END_PICKED);
      if (isFree(host, port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "expected a free port of %d to %d on %s, found none in %d tries"
            .formatted(FIRST_PICKED, END_PICKED - 1, host.getHostAddress(), TRIES));
  }
}
