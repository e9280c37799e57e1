package io.edgeshard.verticles.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.runtime.fixture.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Every socket on which a started node listens, as the kernel lists them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the list of sockets is Linux's /proc")
class ListeningSocketsIT {
  private static final String LISTEN = "0A";
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  @TempDir Path folder;

  @Test
  void aNodeAsShippedListensOnLoopbackAlone() {
    int cluster = FreePorts.next();
    int bus = FreePorts.next();
    int http = FreePorts.next();
    try (NodeProcess node =
        NodeProcess.start(
            folder,
            "closed",
            "start",
            "--model",
            TinyModel.grouped().writeTo(folder).toString(),
            "--memory",
            "1g",
            "--cluster-name",
            "closed-" + cluster,
            "--port",
            Integer.toString(http),
            "--cluster-port",
            Integer.toString(cluster),
            "--bus-port",
            Integer.toString(bus))) {
      Api api = new Api("http://127.0.0.1:" + http);
      Conditions.await("a ready node", Api.READY_LIMIT, api::isReady, node::log);

      List<InetSocketAddress> listening = listening(node.pid());

      assertThat(listening.stream().map(InetSocketAddress::getPort).toList())
          .containsExactlyInAnyOrder(cluster, bus, http);
      assertThat(listening)
          .allSatisfy(socket -> assertThat(socket.getAddress().isLoopbackAddress()).isTrue());
    }
  }

  private static List<InetSocketAddress> listening(long pid) {
    Set<String> inodes = inodes(pid);
    List<InetSocketAddress> listening = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : lines(Path.of("/proc", Long.toString(pid), "net", table))) {
        List<String> fields = BLANKS.splitAsStream(line.strip()).toList();
        if (fields.size() > 9 && fields.get(3).equals(LISTEN) && inodes.contains(fields.get(9))) {
          listening.add(address(fields.get(1)));
        }
      }
    }
    return listening;
  }

  /** Sockets of the process, whose links read {@code socket:[12345]}. */
  private static Set<String> inodes(long pid) {
    try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return files
          .map(ListeningSocketsIT::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1))
          .collect(Collectors.toSet());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }

  private static List<String> lines(Path table) {
    try {
      return Files.exists(table) ? Files.readAllLines(table) : List.of();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** {@code 0100007F:1F90}: words of the address in the machine's byte order, then the port. */
  private static InetSocketAddress address(String text) {
    int colon = text.indexOf(':');
    byte[] words = HexFormat.of().parseHex(text.substring(0, colon));
    ByteBuffer swapped = ByteBuffer.allocate(words.length);
    ByteBuffer given = ByteBuffer.wrap(words);
    while (given.hasRemaining()) {
      int word = given.getInt();
      swapped.putInt(
          ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(word) : word);
    }
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(swapped.array()),
          Integer.parseInt(text.substring(colon + 1), 16));
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
