package io.edgeshard.verticles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.config.JoinToken;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.config.PlanningSettings;
import io.edgeshard.web.generation.SamplingDefaults;
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

  @Test
  void open_layersByHandThatDoNotAddUp_isRefusedAtOnce() {
    Path file = TinyModel.grouped().writeTo(folder);
    assertThatThrownBy(
            () ->
                FirstModel.open(
                    file, config(file, Optional.empty(), 128, SamplingChoice.NONE, List.of(2, 2))))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("--layers: expected numbers that add up to 3")
        .hasMessageEndingWith("found 2,2, which add up to 4");
  }

  @Test
  void open_modelThatRecommendsSampling_winsOverWhatIsShippedAndLosesToAPerson() {
    Path file =
        TinyModel.grouped()
            .gguf()
            .float32("general.sampling.temp", 0.3f)
            .float32("general.sampling.top_p", 0.8f)
            .write(folder.resolve("says.gguf"));
    SamplingChoice person =
        new SamplingChoice(
            Optional.empty(),
            Optional.of(0.5),
            Optional.empty(),
            Optional.of(0.2),
            Optional.empty());
    try (FirstModel model = FirstModel.open(file, config(file, Optional.empty(), 128, person))) {
      assertThat(model.serving().served().sampling())
          .isEqualTo(
              new SamplingDefaults(
                  0.3, 0.5, 40, 0.2, SamplingChoice.AS_SHIPPED.repeatPenalty().orElseThrow()));
      assertThat(model.recommended().topP()).hasValue(0.8);
      assertThat(model.serving().served().id()).isEqualTo("says");
    }
  }

  private FirstModel open(Optional<Integer> context, int prefillChunk) {
    Path file = TinyModel.grouped().writeTo(folder);
    return FirstModel.open(file, config(file, context, prefillChunk, SamplingChoice.NONE));
  }

  private NodeConfig config(
      Path file, Optional<Integer> context, int prefillChunk, SamplingChoice sampling) {
    return config(file, context, prefillChunk, sampling, List.of());
  }

  private NodeConfig config(
      Path file,
      Optional<Integer> context,
      int prefillChunk,
      SamplingChoice sampling,
      List<Integer> layers) {
    return new NodeConfig(
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
            Math.max(1, layers.size()),
            layers,
            context,
            1,
            1,
            prefillChunk,
            PlanningSettings.USUAL,
            sampling));
  }
}
