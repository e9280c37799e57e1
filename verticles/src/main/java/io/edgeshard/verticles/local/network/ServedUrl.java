package io.edgeshard.verticles.local.network;

import io.edgeshard.verticles.config.NodeConfig;
import java.util.Optional;

/** The URL at which a server of this machine is asked. */
public final class ServedUrl {
  private ServedUrl() {}

  /**
   * The URL of a server for this machine; one that listens on every address is asked on the
   * loopback interface.
   */
  public static String of(String host, int port) {
    String asked = OwnAddress.isAny(host) ? "127.0.0.1" : host;
    return "http://" + new NodeConfig.Address(asked, port);
  }

  /**
   * The URL for all nodes of a cluster; empty where some of them may be on machines that cannot
   * reach it.
   *
   * @param clusterHost where this node is reached by them
   */
  public static Optional<String> forOthers(String clusterHost, String host, int port) {
    String asked = OwnAddress.isAny(host) ? clusterHost : host;
    return OwnAddress.isLoopback(asked) && !OwnAddress.isLoopback(clusterHost)
        ? Optional.empty()
        : Optional.of("http://" + new NodeConfig.Address(asked, port));
  }
}
