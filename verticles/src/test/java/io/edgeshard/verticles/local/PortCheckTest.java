package io.edgeshard.verticles.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.network.Ports;
import io.edgeshard.verticles.local.node.NodeStartException;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortCheckTest {
  @TempDir Path folder;

  private void check(int port, int clusterPort, int busPort) throws IOException {
    Path model = Files.writeString(folder.resolve("m.gguf"), "GGUF");
    Settings settings =
        TestFolders.settings(
            folder,
            Map.of(
                "model", model.toString(),
                "port", Integer.toString(port),
                "cluster-port", Integer.toString(clusterPort),
                "bus-port", Integer.toString(busPort)));
    RunFiles runFiles = new RunFiles(folder);
    NodeConfig config =
        new NodeConfigs(settings, runFiles, new Secrets(settings, TestFolders.TOKEN)).first();
    new PortCheck(config, settings, runFiles).check();
  }

  private static int free(Set<Integer> taken) throws IOException {
    int port = Ports.preferring(0, InetAddress.getLoopbackAddress(), taken);
    taken.add(port);
    return port;
  }

  @Test
  void check_allFree_passes() throws IOException {
    Set<Integer> taken = new HashSet<>(Set.of(0));
    int http = free(taken);
    int cluster = free(taken);
    int bus = free(taken);

    assertThatCode(() -> check(http, cluster, bus)).doesNotThrowAnyException();
  }

  @Test
  void check_portInUse_saysWhichAndWhatToChange() throws IOException {
    Set<Integer> taken = new HashSet<>(Set.of(0));
    int cluster = free(taken);
    int bus = free(taken);
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      int used = other.getLocalPort();

      assertThatThrownBy(() -> check(used, cluster, bus))
          .isInstanceOf(NodeStartException.class)
          .hasMessage(
              "expected HTTP port "
                  + used
                  + " to be free on 127.0.0.1, found it in use: end what uses it, or choose"
                  + " another with --port");
    }
  }

  @Test
  void check_samePortTwice_isRefused() throws IOException {
    Set<Integer> taken = new HashSet<>(Set.of(0));
    int http = free(taken);
    int both = free(taken);

    assertThatThrownBy(() -> check(http, both, both))
        .hasMessage(
            "--bus-port: expected another port than that of --cluster-port, found "
                + both
                + " for both");
  }
}
