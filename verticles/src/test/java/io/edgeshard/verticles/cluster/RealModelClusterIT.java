package io.edgeshard.verticles.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.fixture.RealModel;
import io.edgeshard.runtime.fixture.ReferenceAnswer;
import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real chat model split over three nodes, against what an independent implementation says. */
@ExtendWith(BrowserExtension.class)
class RealModelClusterIT {
  @TempDir static Path folder;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(RealModel.path(), folder, WeightType.EXACT, 1024, 9, 12, 9);
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  static List<ReferenceAnswer> references() {
    return ReferenceAnswer.all();
  }

  @ParameterizedTest
  @MethodSource("references")
  void threeNodesOverHttpSayExactlyWhatTheReferenceSays(ReferenceAnswer reference) {
    JsonNode answer =
        cluster
            .api()
            .complete(
                "{\"model\":\"default\",\"prompt\":%s,\"max_tokens\":%d,\"temperature\":0}"
                    .formatted(reference.promptTokenIds(), reference.maxNewTokens()));
    assertThat(answer.at("/choices/0/text").asText()).isEqualTo(reference.greedyText());
    assertThat(answer.at("/usage/completion_tokens").asInt())
        .isEqualTo(reference.greedyTokenIds().size());
  }

  @Test
  void aBrowserAsksAndReadsTheAnswer(Browsers browsers) {
    try (ChatPage page = browsers.open(URI.create(cluster.api().base()))) {
      page.ask("What is the capital of France? Answer in one sentence.");
      page.awaitState("complete");
      page.picture("real-cluster");
      assertThat(page.answer().locator(".answer-text").textContent()).isNotBlank();
      assertThat(page.problems()).isEmpty();
    }
  }
}
