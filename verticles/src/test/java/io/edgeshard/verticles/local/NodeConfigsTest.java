package io.edgeshard.verticles.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.network.Addresses;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigsTest {
  @TempDir Path folder;
  private Path model = Path.of("");

  @BeforeEach
  void writeModel() throws IOException {
    model = Files.writeString(folder.resolve("m.gguf"), "GGUF");
  }

  private NodeConfigs configs(String... flags) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < flags.length; i += 2) {
      given.put(flags[i], flags[i + 1]);
    }
    Settings settings = TestFolders.settings(folder, given);
    return new NodeConfigs(
        settings, new RunFiles(folder), new Secrets(settings, TestFolders.TOKEN));
  }

  @Test
  void first_onlyAModel_listensOnLoopbackOnly() {
    NodeConfig config = configs("model", model.toString()).first();

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.http()).contains(new NodeConfig.Http("127.0.0.1", 8080));
    assertThat(config.join()).isEmpty();
    assertThat(config.model()).contains(model.toAbsolutePath());
    assertThat(config.shard().memoryLimitBytes()).isEmpty();
    assertThat(config.serving().nodeCount()).isEqualTo(1);
    assertThat(config.clusterName()).isEqualTo("edgeshard");
  }

  @Test
  void first_samplingSetByAPerson_isToldFromWhatIsShipped() {
    SamplingChoice chosen =
        configs("model", model.toString(), "temperature", "0.7", "top-k", "0")
            .first()
            .serving()
            .sampling();

    assertThat(chosen.temperature()).as("the same as shipped, but set").hasValue(0.7);
    assertThat(chosen.topK()).hasValue(0);
    assertThat(chosen.topP()).isEmpty();
    assertThat(chosen.minP()).isEmpty();
    assertThat(chosen.repeatPenalty()).isEmpty();
  }

  @Test
  void first_samplingOutOfRange_saysWhatWasExpected() {
    assertThatThrownBy(() -> configs("model", model.toString(), "top-p", "1.5"))
        .isInstanceOf(SettingsException.class)
        .hasMessage("--top-p: expected a top-p of 0.0 to 1.0, found '1.5'");
    assertThatThrownBy(() -> configs("model", model.toString(), "temperature", "warm"))
        .hasMessage("--temperature: expected a temperature of 0.0 to 2.0, found 'warm'");
  }

  @Test
  void first_settingsGiven_areHandedOn() {
    NodeConfig config =
        configs(
                "model", model.toString(),
                "memory", "2g",
                "threads", "3",
                "machine", "attic-pc",
                "watts", "65,8",
                "context", "512",
                "name", "attic",
                "http-host", "0.0.0.0",
                "port", "0")
            .first();

    assertThat(config.shard())
        .isEqualTo(
            new NodeConfig.ShardSettings(
                3, OptionalLong.of(2L << 30), "attic-pc", Optional.of(new PowerDraw(65, 8))));
    assertThat(config.serving().contextTokens()).contains(512);
    assertThat(config.node().value()).isEqualTo("attic");
    assertThat(config.http()).contains(new NodeConfig.Http("0.0.0.0", 0));
  }

  @Test
  void first_layersByHand_areAsManyNodes() {
    NodeConfig config = configs("model", model.toString(), "layers", "10,10,12").first();

    assertThat(config.serving().layers()).isEqualTo(List.of(10, 10, 12));
    assertThat(config.serving().nodeCount()).isEqualTo(3);
  }

  @Test
  void first_moreLayerNumbersThanNodes_isRefused() {
    assertThatThrownBy(
            () -> configs("model", model.toString(), "layers", "1,2,3", "nodes", "2").first())
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "--layers: expected at most 2 numbers, one for each node, found 3: correct it or"
                + " --nodes");
  }

  @Test
  void first_noModelAnywhere_saysHowToGetOne() {
    assertThatThrownBy(() -> configs("cache", folder.resolve("none").toString()).first())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("scripts/get-model.sh")
        .hasMessageContaining("--model");
  }

  @Test
  void first_modelMissing_saysWhereItWasLookedFor() {
    Path missing = folder.resolve("missing.gguf");

    assertThatThrownBy(() -> configs("model", missing.toString()).first())
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("--model: expected a GGUF file")
        .hasMessageEndingWith(missing.toString());
    assertThatThrownBy(() -> configs("model", folder.toString()).first())
        .hasMessageContaining("found the folder " + folder);
  }

  @Test
  void first_hostOfAnotherMachine_isRefused() {
    assertThatThrownBy(() -> configs("model", model.toString(), "host", "192.0.2.77").first())
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "--host: expected an address of this machine, found '192.0.2.77': this machine has");
  }

  @Test
  void first_hostIsTheWildcard_asksForOneAddress() {
    assertThatThrownBy(() -> configs("model", model.toString(), "host", "0.0.0.0").first())
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("expected the one address that other machines join, found 0.0.0.0");
  }

  @Test
  void joining_overLoopback_takesOtherPortsWhenTheUsualAreTaken() throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String taken = Integer.toString(other.getLocalPort());

      NodeConfig free = configs().joining(Addresses.parse("127.0.0.1"));
      NodeConfig asked = configs("bus-port", taken).joining(Addresses.parse("127.0.0.1"));

      assertThat(free.clusterPort()).isNotEqualTo(free.busPort());
      assertThat(asked.busPort()).isEqualTo(other.getLocalPort());
    }
  }

  @Test
  void joining_namesOnlyWhomToJoin_hasNoModelAndServesNobody() {
    NodeConfig config = configs().joining(Addresses.parse("127.0.0.1:6001"));

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.join()).contains(new NodeConfig.Address("127.0.0.1", 6001));
    assertThat(config.http()).isEmpty();
    assertThat(config.model()).isEqualTo(Optional.empty());
  }
}
