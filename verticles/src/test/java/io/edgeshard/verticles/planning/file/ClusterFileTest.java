package io.edgeshard.verticles.planning.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.verticles.planning.Scenario;
import io.edgeshard.verticles.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterFileTest {
  private static final NodeId HOME = new NodeId("home");
  private static final NodeId BOX = new NodeId("box");
  private static final String GOOD =
      """
      model: llama-2-7b
      weights: float32
      source: home
      nodes:
        - {name: home, device: jetson-agx-orin, memory: 20g}
        - name: box
          machine: tower
          memory: 8g
          head-room: 1g
          process-memory: 200m
          decode-layer-ms: {1: 4.0, 8: 5.5}
          prefill-layer-ms: {1: 4.0, 128: 40}
          context-token-ms: 0.001
          embedding-ms: 0.1
          head-ms: 2.5
          step-ms: 0.3
          busy-watts: 60
          idle-watts: 20
      links:
        default: {mbps: 50, latency-ms: 1}
        pairs:
          - {between: [home, box], mbps: 8}
          - {from: box, to: home, latency-ms: 30}
      workload: {context: 512, sequences: 2, prefill-chunk: 64}
      request: {prompt-tokens: 40, new-tokens: 60}
      objective: throughput
      max-token-ms: 200
      max-sequences: 6
      constraints: {source-layers: 2, head-on-source: true, pinned: {31: home}}
      """;

  @TempDir Path folder;

  private Scenario read(String text) throws IOException {
    return ClusterFile.read(Files.writeString(folder.resolve("cluster.yaml"), text));
  }

  private static NodeProfile node(PlanningRequest request, NodeId node) {
    return request.cluster().find(node).orElseThrow();
  }

  @Test
  void example_isAFileThatIsPlanned() throws IOException {
    Scenario scenario = read(String.join("\n", ClusterFile.example()));
    assertThat(scenario.plan().plan().nodes()).contains(HOME);
  }

  @Test
  void read_fieldByHalfOfItsName_saysWhichWasMeant() {
    assertThatThrownBy(() -> read(GOOD.replace("latency-ms: 1}", "ms: 1}")))
        .hasMessageContaining("latency-ms");
    assertThatThrownBy(() -> read(GOOD.replace("prompt-tokens: 40", "prompt: 40")))
        .hasMessageContaining("prompt-tokens");
  }

  @Test
  void read_everything_isInTheQuestion() throws IOException {
    Scenario scenario = read(GOOD);
    PlanningRequest request = scenario.request();

    assertThat(request.model()).isEqualTo(Models.find("llama-2-7b").orElseThrow());
    assertThat(request.weightType()).isEqualTo(WeightType.FLOAT32);
    assertThat(request.source()).isEqualTo(HOME);
    assertThat(scenario.devices()).isEqualTo(Map.of(HOME, "jetson-agx-orin"));
    assertThat(request.workload().contextTokens()).isEqualTo(512);
    assertThat(request.workload().sequences()).isEqualTo(2);
    assertThat(request.workload().prefillChunkTokens()).isEqualTo(64);
    assertThat(request.typical().promptTokens()).isEqualTo(40);
    assertThat(request.objective())
        .isInstanceOfSatisfying(
            MostTokensPerSecond.class,
            most -> {
              assertThat(most.maxSequences()).isEqualTo(6);
              assertThat(most.maxTokenMs()).isEqualTo(OptionalDouble.of(200));
            });
    assertThat(request.constraints().sourceLayers()).isEqualTo(2);
    assertThat(request.constraints().pinned()).isEqualTo(Map.of(31, HOME));
    assertThat(request.constraints().headOnSource()).isTrue();
    assertThat(request.constraints().slowerAllowed()).isFalse();
  }

  @Test
  void read_nodeWithTimes_isAsFastAsTheySay() throws IOException {
    NodeProfile box = node(read(GOOD).request(), BOX);

    assertThat(box.machine()).isEqualTo("tower");
    assertThat(box.memory().usableBytes()).isEqualTo(8L << 30);
    assertThat(box.memory().headroomBytes()).isEqualTo(1L << 30);
    assertThat(box.memory().processBytes()).isEqualTo(200L << 20);
    assertThat(box.compute().decode().ms(8, 0)).isEqualTo(5.5);
    assertThat(box.compute().decode().ms(1, 100)).isEqualTo(4.1);
    assertThat(box.compute().prefill().ms(128, 0)).isEqualTo(40);
    assertThat(box.compute().head().ms(2)).isEqualTo(5);
    assertThat(box.compute().step().ms(2)).isEqualTo(0.3);
    assertThat(box.power()).contains(new PowerDraw(60, 20));
  }

  @Test
  void read_deviceOfTheCatalogue_hasItsTimesAndTheMemoryOfTheFile() throws IOException {
    NodeProfile home = node(read(GOOD).request(), HOME);

    NodeProfile device =
        Devices.find("jetson-agx-orin")
            .orElseThrow()
            .profile(HOME, Models.find("llama-2-7b").orElseThrow(), WeightType.FLOAT32);
    assertThat(home.compute()).isEqualTo(device.compute());
    assertThat(home.power()).isEqualTo(device.power());
    assertThat(home.memory().usableBytes()).isEqualTo(20L << 30);
  }

  @Test
  void read_links_oneWayWinsOverBothWaysOverDefault() throws IOException {
    PlanningRequest request = read(GOOD).request();

    assertThat(request.cluster().link(HOME, BOX).orElseThrow().bytesPerSecond()).isEqualTo(1e6);
    assertThat(request.cluster().link(HOME, BOX).orElseThrow().latencyMs()).isEqualTo(1);
    assertThat(request.cluster().link(BOX, HOME).orElseThrow().bytesPerSecond()).isEqualTo(6.25e6);
    assertThat(request.cluster().link(BOX, HOME).orElseThrow().latencyMs()).isEqualTo(30);
  }

  @Test
  void read_json_isReadAlike() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("cluster.json"),
            """
            {"model": "llama-2-7b", "source": "a",
            \t"nodes": [{"name": "a", "device": "rtx-4090"}, {"name": "b", "device": "rtx-4090"}],
             "links": {"default": {"mbps": 100}}}
            """);

    PlanningRequest request = ClusterFile.read(json).request();

    assertThat(request.cluster().nodes()).hasSize(2);
    assertThat(request.workload().contextTokens()).isEqualTo(4096);
  }

  /** Each row breaks the good file in one place. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "weights: float32 | wieghts: float32 | line 2: expected only known fields, found 'wieghts':"
            + " did you mean weights?",
        "weights: float32 | weights: int3 | line 2: expected exact, fast or float32, found 'int3'",
        "model: llama-2-7b | model: llama-2-8b | line 1: expected a model of the catalogue or the"
            + " path of a GGUF file, found 'llama-2-8b': did you mean",
        "model: llama-2-7b | model: other/m.gguf | line 1: expected a GGUF file that this user may"
            + " read, found none at",
        "model: llama-2-7b | '' | expected a field 'model', found none",
        "source: home | source: hom | line 3: expected a node of this file, found 'hom': did you"
            + " mean home",
        "source: home | 'source: home\n"
            + "source: box' | line 4: expected a YAML mapping of key: value, found Duplicate field"
            + " 'source'",
        "name: box | name: home | line 6: expected each node once, found 'home' twice",
        "name: box | name: my box | line 6: expected a node name of 1 to 64 letters",
        "device: jetson-agx-orin | device: jetson-agx-oren | line 5: expected a device of the"
            + " catalogue, found 'jetson-agx-oren': did you mean jetson-agx-orin",
        "memory: 8g | memory: 0 | line 8: expected 'memory' to be above 0, found '0'",
        "memory: 8g | memory: much | line 8: expected 'memory' to be a size such as 512m or 29g,"
            + " found 'much'",
        "memory: 8g | '' | line 6: expected a field 'memory', found none",
        "memory: 8g | device: rtx-4090 | line 11: expected a device of the catalogue or times of"
            + " its own, found both",
        "decode-layer-ms: {1: 4.0, 8: 5.5} | decode-layer-ms: 0 | line 11: expected"
            + " 'decode-layer-ms' to be above 0 for one row, found 0.0 ms",
        "decode-layer-ms: {1: 4.0, 8: 5.5} | '' | line 6: expected node 'box' to have a 'device' of"
            + " the catalogue or 'decode-layer-ms', found neither",
        "{1: 4.0, 8: 5.5} | {1: 4.0, 8: -1} | line 11: expected '8' to be a finite number of 0 or"
            + " more, found '-1'",
        "{1: 4.0, 8: 5.5} | {one: 4.0} | line 11: expected a row count such as 1 or 128 before the"
            + " colon, found 'one'",
        "head-ms: 2.5 | head-ms: -1 | line 15: expected 'head-ms' to be a finite number of 0 or"
            + " more, found '-1'",
        "head-ms: 2.5 | head-ms: NaN | line 15: expected 'head-ms' to be a finite number of 0 or"
            + " more, found 'NaN'",
        "busy-watts: 60 | busy-watts: 10 | line 17: expected 'busy-watts' of at least the"
            + " 'idle-watts' of 20.0, found 10.0",
        "mbps: 50 | mbps: 0 | line 20: expected 'mbps' to be a finite number above 0, found '0'",
        "mbps: 50 | mbps: -5 | line 20: expected 'mbps' to be a finite number above 0, found '-5'",
        "mbps: 50 | mbps: 1e999 | line 20: expected",
        "latency-ms: 1} | latency-ms: .inf} | line 20: expected",
        "between: [home, box] | between: [home, bax] | line 22: expected a node of this file, found"
            + " 'bax': did you mean box",
        "between: [home, box] | between: [home] | line 22: expected 'between' to name two nodes,"
            + " found home",
        "from: box, to: home | between: [home, box] | line 23: expected each pair once",
        "'{mbps: 50, latency-ms: 1}' | {latency-ms: 1} | line 20: expected a field 'mbps', found"
            + " none",
        "context: 512 | context: 5000 | line 24: expected at most the 4096 tokens that Llama 2 7B"
            + " F32 was trained for, found 5000",
        "sequences: 2 | sequences: 1.5 | line 24: expected 'sequences' to be a whole number of 1 or"
            + " more, found '1.5'",
        "prompt-tokens: 40 | prompt-tokens: 500 | line 25: expected a request within the context of"
            + " 512 tokens, found 560 tokens",
        "objective: throughput | objective: speed | line 26: expected an objective, found 'speed'",
        "max-token-ms: 200 | max-token-ms: 0 | line 27: expected 'max-token-ms' to be a finite"
            + " number above 0",
        "pinned: {31: home} | pinned: {32: home} | line 29: expected a decoder layer from 0 to 31"
            + " before the colon, found '32'",
        "pinned: {31: home} | excluded: [home] | line 29: expected nodes other than the source to"
            + " be excluded, found 'home'",
        "source-layers: 2 | revisits: true | line 29: expected only known fields, found 'revisits'",
        "head-on-source: true | head-on-source: perhaps | line 29: expected 'head-on-source' to be"
            + " true or false,"
            + " found 'perhaps'",
      })
  void read_oneThingWrong_isOneSentenceWithItsLine(String good, String bad, String sentence) {
    String broken = GOOD.replace(good, Objects.requireNonNullElse(bad, ""));
    assertThat(broken).isNotEqualTo(GOOD);

    assertThatThrownBy(() -> read(broken))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(folder.resolve("cluster.yaml").toString())
        .hasMessageContaining(sentence)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void read_pairWithoutALink_namesThePair() {
    String text = GOOD.replace("  default: {mbps: 50, latency-ms: 1}\n", "");

    assertThatThrownBy(
            () ->
                read(
                    text.replace("    - {from: box, to: home, latency-ms: 30}\n", "")
                        .replace("between: [home, box]", "from: home, to: box")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("line 19: expected a link from 'box' to 'home' in 'pairs'");
  }

  @Test
  void read_oneNode_isRefused() {
    assertThatThrownBy(
            () -> read("model: llama-2-7b\nsource: a\nnodes:\n  - {name: a, device: rtx-4090}\n"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("line 3: expected two nodes or more in 'nodes'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | a YAML mapping of key: value, found nothing",
        "[1, 2] | a YAML mapping of key: value, found a list",
        "'a: [' | line 1: expected a YAML mapping",
        """
        'model: llama-2-7b
        source: a
        nodes: 3' | line 3: expected 'nodes' to be a list, found '3'\
        """,
        """
        'model: llama-2-7b
        source: a
        nodes: [3, 4]' | line 3: expected every entry of 'nodes' to be a mapping of fields, found '3'\
        """
      })
  void read_otherThings_areRefused(String text, String sentence) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void read_noFile_isSaid() {
    assertThatThrownBy(() -> ClusterFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("expected a cluster file, found none there");
  }
}
