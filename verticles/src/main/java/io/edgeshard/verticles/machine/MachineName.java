package io.edgeshard.verticles.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a machine is called, so that nodes on it recognise each other. */
public final class MachineName {
  /** Of the running kernel first: containers of one machine share its cores whatever they hold. */
  private static final List<Path> IDS =
      List.of(
          Path.of("/proc/sys/kernel/random/boot_id"),
          Path.of("/etc/machine-id"),
          Path.of("/var/lib/dbus/machine-id"));

  private MachineName() {}

  /** The same for all processes of this machine: an id of the system, else the host's name. */
  public static String ofThisMachine() {
    return IDS.stream()
        .flatMap(file -> text(file).stream())
        .findFirst()
        .orElseGet(MachineName::host);
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
