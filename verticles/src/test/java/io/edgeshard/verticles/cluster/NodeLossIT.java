package io.edgeshard.verticles.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.runtime.fixture.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes, of which one is killed or frozen while an answer streams. */
class NodeLossIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String ENDLESS =
      "{\"model\":\"default\",\"prompt\":\"Once\",\"stream\":true,\"ignore_eos\":true,\"temperature\":0}";
  private static final String SHORT =
      "{\"model\":\"default\",\"prompt\":\"Once\",\"max_tokens\":4,\"temperature\":0}";

  @TempDir Path folder;
  private final int clusterPort = FreePorts.next();
  private final int httpPort = FreePorts.next();
  private final String clusterName = "loss-" + clusterPort;
  private final Api api = new Api("http://127.0.0.1:" + httpPort);
  private String model;
  private NodeProcess first;
  private NodeProcess second;
  private NodeProcess third;

  @BeforeEach
  void start() {
    model = TinyModel.grouped().writeTo(folder).toString();
    first =
        NodeProcess.start(
            folder,
            "first",
            "start",
            "--model",
            model,
            "--nodes",
            "3",
            "--layers",
            "1,1,1",
            "--memory",
            "1g",
            "--cluster-name",
            clusterName,
            "--port",
            Integer.toString(httpPort),
            "--cluster-port",
            Integer.toString(clusterPort),
            "--bus-port",
            Integer.toString(FreePorts.next()));
    second = join("second");
    third = NodeProcess.startInTerminal(folder, "third", joining());
    Conditions.await(
        "a ready cluster", Api.READY_LIMIT, api::isReady, () -> api.readiness() + first.log());
  }

  @AfterEach
  void stop() {
    for (NodeProcess node : new NodeProcess[] {third, second, first}) {
      node.close();
    }
  }

  @Test
  void aKilledNodeEndsItsAnswersWithAWordAndANewOneHealsTheCluster() throws Exception {
    String error = errorAfter(() -> second.kill(), Duration.ofSeconds(5));
    assertThat(error).contains("second").contains("\"code\":\"node_lost\"");
    assertThat(api.isReady()).isFalse();
    assertThat(api.readiness()).contains("second");
    JsonNode lost = api.cluster();
    assertThat(lost.at("/losses/0/node").asText()).isEqualTo("second");
    assertThat(lost.at("/losses/0/bringBack").asText())
        .startsWith("edgeshard join 127.0.0.1:" + clusterPort)
        .endsWith(" --name second --memory 1024m");
    assertThat(lost.at("/doing").asText()).isEqualTo("waiting for nodes: 2 of 3 are here");
    assertThat(lost.at("/nodes").findValuesAsText("state"))
        .containsExactly("waiting", "lost", "waiting");
    second = join("second");
    api.awaitReady();
    assertThat(api.complete(SHORT).at("/usage/completion_tokens").asInt()).isEqualTo(4);
    toldAtTheTerminalOfTheThird();
  }

  private void toldAtTheTerminalOfTheThird() throws IOException {
    Conditions.await(
        "the return to be told", LIMIT, () -> third.log().contains("'second' is back"), third::log);
    assertThat(third.log())
        .contains(
            "in the cluster of 'first', whose page is http://127.0.0.1:" + httpPort,
            "ready: this node runs layer 2 and the head",
            "node 'second' is gone",
            "join 127.0.0.1:" + clusterPort + " --cluster-name " + clusterName + " --name second")
        .doesNotContain("event=");
    Path log = folder.resolve("state/edgeshard/logs").resolve(clusterName).resolve("third.log");
    assertThat(third.log()).contains(log.toString());
    assertThat(Files.readString(log)).contains("event=shard-loaded");
  }

  @Test
  void aFrozenNodeEndsItsAnswersWithAWordAndIsUsedAgainWhenItWakes() throws Exception {
    String error = errorAfter(() -> third.freeze(), Duration.ofSeconds(8));
    assertThat(error).contains("third").contains("\"code\":\"node_lost\"");
    Conditions.await("a cluster that is not ready", LIMIT, () -> !api.isReady(), api::readiness);
    assertThat(api.readiness()).contains("third");
    third.thaw();
    api.awaitReady();
    assertThat(api.complete(SHORT).at("/usage/completion_tokens").asInt()).isEqualTo(4);
  }

  /** What the stream says after a trouble; fails when it takes longer than the limit. */
  private String errorAfter(Runnable trouble, Duration limit) throws Exception {
    try (Stream<String> events = api.stream(ENDLESS)) {
      Iterator<String> stream = events.iterator();
      assertThat(stream.next()).contains("text_completion");
      trouble.run();
      return CompletableFuture.supplyAsync(() -> firstError(stream))
          .get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static String firstError(Iterator<String> stream) {
    while (stream.hasNext()) {
      String event = stream.next();
      if (event.contains("\"error\"")) {
        return event;
      }
    }
    return "the stream ended without an error";
  }

  private NodeProcess join(String name) {
    return NodeProcess.start(folder, name, joining());
  }

  private String[] joining() {
    return new String[] {
      "join",
      "127.0.0.1:" + clusterPort,
      "--model",
      model,
      "--memory",
      "1g",
      "--cluster-name",
      clusterName,
      "--cluster-port",
      Integer.toString(FreePorts.next()),
      "--bus-port",
      Integer.toString(FreePorts.next())
    };
  }
}
