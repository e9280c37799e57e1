package io.edgeshard.verticles.local.network;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this machine is called. */
public final class HostName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");
  private static final int LONGEST = 40;

  private HostName() {}

  /**
   * A name for a node that listens on {@code host}, the same after a restart. Machines set up from
   * one image share their host name, so the end of the address is added where others can join.
   */
  public static String nodeName(InetAddress host) {
    String name = read().replaceFirst("\\..*", "").replaceAll("[^A-Za-z0-9_-]", "-");
    String start = name.replaceFirst("^[^A-Za-z0-9]+", "");
    String kept = start.isEmpty() ? "node" : start.substring(0, Math.min(LONGEST, start.length()));
    return host.isLoopbackAddress() ? kept : kept + "-" + addressEnd(host);
  }

  private static String addressEnd(InetAddress host) {
    String[] parts = host.getHostAddress().replaceFirst("%.*", "").split("[.:]", -1);
    return parts[parts.length - 1];
  }

  private static String read() {
    return Stream.of(linux(), variable("HOSTNAME"), variable("COMPUTERNAME"))
        .filter(name -> !name.isBlank())
        .findFirst()
        .orElseGet(HostName::lookUp);
  }

  private static String linux() {
    try {
      return Files.readString(LINUX).strip();
    } catch (IOException e) {
      return "";
    }
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }

  private static String lookUp() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "";
    }
  }
}
