package io.edgeshard.verticles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.verticles.config.JoinToken;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.config.PlanningSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstModelTest {
  @TempDir Path folder;

  @Test
  void open_chunkFitsIntoAStep_opens() {
    try (FirstModel model = open(Optional.empty(), 128)) {
      assertThat(model.bytes()).isPositive();
    }
  }

  @Test
  void open_chunkLargerThanAStep_isRefused() {
    assertThatThrownBy(() -> open(Optional.empty(), 1 << 20))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a prefill chunk of at most 262144 tokens")
        .hasMessageContaining("lower --prefill-chunk");
  }

  @Test
  void open_contextLongerThanTrained_isRefused() {
    assertThatThrownBy(() -> open(Optional.of(1 << 24), 128))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("lower --context");
  }

  private FirstModel open(Optional<Integer> context, int prefillChunk) {
    Path file = TinyModel.grouped().writeTo(folder);
    return FirstModel.open(
        file,
        new NodeConfig(
            new NodeId("a"),
            "cluster",
            JoinToken.random(),
            "127.0.0.1",
            5701,
            5702,
            Optional.empty(),
            Optional.of(new NodeConfig.Http("127.0.0.1", 0)),
            Optional.of(file),
            folder,
            new NodeConfig.ShardSettings(1, OptionalLong.empty(), "m", Optional.empty()),
            new NodeConfig.ServingSettings(
                WeightType.EXACT,
                1,
                List.of(),
                context,
                1,
                1,
                prefillChunk,
                PlanningSettings.USUAL)));
  }
}
