package io.edgeshard.verticles.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.verticles.local.node.EdgeShardNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that nobody told their layers: they measure themselves and their links. */
class MeasuredClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final String REQUEST =
      "{\"model\":\"default\",\"prompt\":\"Once upon a time\",\"max_tokens\":20,\"temperature\":0}";

  @TempDir Path folder;

  @Test
  void aClusterMeasuresItselfPlansAndAnswers_andUsesANodeThatJoinsLater() {
    Path model = TinyModel.grouped().writeTo(folder);
    try (TestCluster whole = TestCluster.start(model, folder, WeightType.EXACT, 256, 3);
        TestCluster split = TestCluster.planned(model, folder, "edgeshard-even", 2)) {
      String answer = text(whole);
      assertThat(isReadyWith(2, split.api().cluster())).isTrue();
      assertThat(text(split)).isEqualTo(answer);
      EdgeShardNode late = TestCluster.await(split.join("node-3"));
      try {
        Conditions.await(
            "three stages",
            LIMIT,
            () -> isReadyWith(3, split.api().cluster()),
            () -> split.api().cluster().toString());
        assertThat(text(split)).isEqualTo(answer);
      } finally {
        TestCluster.await(late.close());
      }
      Conditions.await(
          "two stages",
          LIMIT,
          () -> isReadyWith(2, split.api().cluster()),
          () -> split.api().cluster().toString());
    }
  }

  /** Both from one look: between two, the layers may have begun to move. */
  private static boolean isReadyWith(int stages, JsonNode cluster) {
    long running =
        StreamSupport.stream(cluster.get("nodes").spliterator(), false)
            .filter(node -> node.get("layerEnd").asInt() > node.get("layerStart").asInt())
            .count();
    return cluster.get("ready").asBoolean() && running == stages;
  }

  private static String text(TestCluster cluster) {
    return cluster.api().complete(REQUEST).at("/choices/0/text").asText();
  }
}
