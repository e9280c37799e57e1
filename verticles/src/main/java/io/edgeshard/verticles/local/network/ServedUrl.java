package io.edgeshard.verticles.local.network;

import io.edgeshard.verticles.config.NodeConfig;

/** The URL at which a server of this machine is asked from this machine. */
public final class ServedUrl {
  private ServedUrl() {}

  /** The URL of a server; one that listens on every address is asked on the loopback interface. */
  public static String of(String host, int port) {
    String asked = OwnAddress.isAny(host) ? "127.0.0.1" : host;
    return "http://" + new NodeConfig.Address(asked, port);
  }
}
