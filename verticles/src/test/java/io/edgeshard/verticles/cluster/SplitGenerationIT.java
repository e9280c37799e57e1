package io.edgeshard.verticles.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.fixture.TinyModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny model on one node and the same split over three: real bus, real ONNX Runtime. */
class SplitGenerationIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int CONTEXT = 256;
  private static final String LONG_PROMPT = "a long road to the north ".repeat(6);

  @TempDir static Path folder;
  private static TestCluster whole;
  private static TestCluster split;

  @BeforeAll
  static void start() {
    Path model = TinyModel.grouped().writeTo(folder);
    whole = TestCluster.start(model, folder, WeightType.EXACT, CONTEXT, 3);
    split = TestCluster.start(model, folder, WeightType.EXACT, CONTEXT, 1, 1, 1);
  }

  @AfterAll
  static void stop() {
    split.close();
    whole.close();
  }

  @Test
  void aSplitModelSaysWhatTheWholeOneSays_greedy() {
    String request = request("Once upon a time", 40, "\"temperature\":0");
    assertThat(text(split.api().complete(request)))
        .isNotEmpty()
        .isEqualTo(text(whole.api().complete(request)));
  }

  @Test
  void aSplitModelSaysWhatTheWholeOneSays_sampledWithASeedAndPenalties() {
    String request =
        request(
            "Once upon a time",
            40,
            "\"temperature\":0.9,\"top_k\":50,\"top_p\":0.95,\"seed\":42,\"repeat_penalty\":1.2,\"frequency_penalty\":0.3");
    assertThat(text(split.api().complete(request))).isEqualTo(text(whole.api().complete(request)));
  }

  @Test
  void aPromptOfSeveralChunksIsAnsweredTheSame() {
    String request = request(LONG_PROMPT, 20, "\"temperature\":0");
    JsonNode answer = split.api().complete(request);
    assertThat(answer.at("/usage/prompt_tokens").asInt()).isGreaterThan(64);
    assertThat(text(answer)).isEqualTo(text(whole.api().complete(request)));
  }

  @Test
  void severalChatsAtOnceEachAnswerAsIfAlone() {
    List<String> requests =
        IntStream.range(0, 12)
            .mapToObj(
                i -> request("Chat number " + i + " says ".repeat(i), 24, "\"temperature\":0"))
            .toList();
    List<String> alone =
        requests.stream().map(request -> text(whole.api().complete(request))).toList();
    ExecutorService clients = Executors.newFixedThreadPool(requests.size());
    try {
      List<CompletableFuture<String>> together =
          requests.stream()
              .map(
                  request ->
                      CompletableFuture.supplyAsync(
                          () -> text(split.api().complete(request)), clients))
              .toList();
      assertThat(together.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void aClientThatGoesAwayFreesEverythingOnAllStages() {
    String request =
        request("Once upon a time", 200, "\"stream\":true,\"ignore_eos\":true,\"temperature\":0");
    try (Stream<String> events = split.api().stream(request)) {
      assertThat(events.limit(3).toList()).hasSize(3);
    }
    Conditions.await(
        "no KV cache in use on any of three nodes",
        LIMIT,
        () ->
            split
                    .api()
                    .metrics()
                    .lines()
                    .filter(line -> line.startsWith("edgeshard_kv_cache_bytes{"))
                    .filter(line -> line.endsWith(" 0.0"))
                    .count()
                == 3,
        () -> split.api().metrics());
  }

  @Test
  void anAnswerTellsWhereItsTimeWent() {
    JsonNode timings =
        split.api().complete(request("Once upon a time", 10, "\"temperature\":0")).get("timings");
    assertThat(timings.get("stages")).hasSize(3);
    assertThat(timings.get("hops")).hasSize(4);
    assertThat(timings.get("stages"))
        .allSatisfy(stage -> assertThat(stage.get("ms").asDouble()).isPositive());
  }

  @Test
  void theClusterShowsWhichNodeHoldsWhichLayers() {
    JsonNode cluster = split.api().cluster();
    assertThat(cluster.get("ready").asBoolean()).isTrue();
    assertThat(cluster.get("nodes"))
        .extracting(node -> node.get("id").asText() + " " + node.get("layerStart").asInt())
        .containsExactly("node-1 0", "node-2 1", "node-3 2");
  }

  @Test
  void aPromptLongerThanTheContextIsRefusedAndTheNextIsAnswered() {
    assertThat(split.api().stream(request("x ".repeat(600), 1, "\"stream\":true")).toList())
        .isEmpty();
    assertThat(text(split.api().complete(request("Hi", 2, "\"temperature\":0")))).isNotNull();
  }

  private static String request(String prompt, int tokens, String more) {
    return "{\"model\":\"default\",\"prompt\":\"%s\",\"max_tokens\":%d,%s}"
        .formatted(prompt, tokens, more);
  }

  private static String text(JsonNode answer) {
    return answer.at("/choices/0/text").asText();
  }
}
