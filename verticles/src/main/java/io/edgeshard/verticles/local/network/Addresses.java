package io.edgeshard.verticles.local.network;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.SettingsException;
import io.vertx.core.net.HostAndPort;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;

/** Addresses as users write them, checked against this machine. */
public final class Addresses {
  private Addresses() {}

  /**
   * An address of this machine.
   *
   * @param address resolved
   * @param text in digits, as Hazelcast and Vert.x want it
   */
  public record Own(InetAddress address, String text) {
    Own(InetAddress address) {
      this(address, digits(address));
    }
  }

  /** The {@code HOST[:PORT]} of a node to join; the usual cluster port when none is given. */
  public static NodeConfig.Address parse(String text) {
    int usual = Integer.parseInt(NodeSettings.CLUSTER_PORT.defaultText().orElseThrow());
    HostAndPort parsed = HostAndPort.parseAuthority(text, usual);
    if (parsed == null || parsed.port() < 1 || parsed.port() > 65535 || parsed.host().isEmpty()) {
      throw new SettingsException(
          "expected HOST or HOST:PORT of the node to join, such as 192.168.1.10 or pi.local:5701,"
              + " found '"
              + text
              + "'");
    }
    String host = parsed.host();
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new NodeConfig.Address(
        bracketed ? host.substring(1, host.length() - 1) : host, parsed.port());
  }

  /** The address of the machine to join. */
  public static InetAddress resolve(String host) {
    return OwnAddress.resolve(host)
        .filter(address -> !address.isAnyLocalAddress())
        .orElseThrow(
            () ->
                new SettingsException(
                    "expected the name or address of the machine to join, found '"
                        + host
                        + "', which this machine cannot resolve: give its address in digits"));
  }

  /** This machine's address on the network of the node to join. */
  public static Own towards(InetAddress there, NodeConfig.Address other) {
    return OwnAddress.towards(there, other.port())
        .map(Own::new)
        .orElseThrow(
            () ->
                new SettingsException(
                    "expected a network that leads to "
                        + other
                        + ", found none on this machine: check its network or name its own address"
                        + " with --host"));
  }

  /** The address that a setting names, when this machine has it. */
  public static Own own(Settings settings, Setting<String> setting, String host) {
    Own own = ownOrAll(settings, setting, host);
    if (own.address().isAnyLocalAddress()) {
      throw new SettingsException(
          settings.place(setting)
              + ": expected the one address that other machines join, found "
              + host
              + " which stands for all: "
              + choices());
    }
    return own;
  }

  /** The address that a setting names, when this machine has it or it stands for all of them. */
  public static Own ownOrAll(Settings settings, Setting<String> setting, String host) {
    return OwnAddress.resolve(host)
        .filter(address -> address.isAnyLocalAddress() || OwnAddress.isOwn(address))
        .map(Own::new)
        .orElseThrow(
            () ->
                new SettingsException(
                    settings.place(setting)
                        + ": expected an address of this machine, found '"
                        + host
                        + "': "
                        + choices()));
  }

  /** An address in digits, without the name of the interface that Java adds to IPv6. */
  private static String digits(InetAddress address) {
    return address.isLinkLocalAddress()
        ? address.getHostAddress()
        : address.getHostAddress().replaceFirst("%.*", "");
  }

  private static String choices() {
    List<InetAddress> reachable = OwnAddress.reachable();
    return reachable.isEmpty()
        ? "this machine has none but 127.0.0.1"
        : "this machine has "
            + reachable.stream().map(Addresses::digits).collect(Collectors.joining(", "));
  }
}
