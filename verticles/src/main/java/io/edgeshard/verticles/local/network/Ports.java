package io.edgeshard.verticles.local.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The ports of this machine. */
public final class Ports {
  private static final int LAST_PORT = 65535;

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

  /** A port that the system picked and that was free a moment ago. */
  public static int anyFree(InetAddress host) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot get a free port on " + host.getHostAddress(), e);
    }
  }
}
