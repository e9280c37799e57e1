package io.edgeshard.verticles.local.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/** The addresses of this machine. */
public final class OwnAddress {
  private OwnAddress() {}

  /**
   * The address under which another machine sees this one, as the routing table says: connecting a
   * datagram socket picks it without sending anything.
   */
  public static Optional<InetAddress> towards(InetAddress other, int port) {
    if (isOwn(other)) {
      return Optional.of(other);
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(other, port));
      return Optional.ofNullable(socket.getLocalAddress()).filter(own -> !own.isAnyLocalAddress());
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Whether an address belongs to this machine. */
  public static boolean isOwn(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  /** The addresses that other machines may reach, IPv4 first. */
  public static List<InetAddress> reachable() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(OwnAddress::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .sorted((a, b) -> Boolean.compare(a instanceof Inet6Address, b instanceof Inet6Address))
          .toList();
    } catch (SocketException e) {
      return List.of();
    }
  }

  /** The address of a name or of an address in digits. */
  public static Optional<InetAddress> resolve(String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Whether a host stands for every address of this machine. */
  public static boolean isAny(String host) {
    return resolve(host).filter(InetAddress::isAnyLocalAddress).isPresent();
  }

  /** Whether a host is this machine for itself alone. */
  public static boolean isLoopback(String host) {
    return resolve(host).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private static boolean isUp(NetworkInterface network) {
    try {
      return network.isUp();
    } catch (SocketException e) {
      return false;
    }
  }
}
