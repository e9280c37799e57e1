package io.edgeshard.verticles.cluster;

import io.edgeshard.verticles.local.network.Ports;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;

/**
 * Ports of the loopback interface that nobody listens on, each given once: nodes that start side by
 * side get theirs before either listens. As {@link Ports} picks them, no outgoing connection of
 * this machine is given one in between.
 */
final class FreePorts {
  private static final Set<Integer> GIVEN = new HashSet<>();

  private FreePorts() {}

  static synchronized int next() {
    int port = Ports.preferring(0, InetAddress.getLoopbackAddress(), GIVEN);
    GIVEN.add(port);
    return port;
  }
}
