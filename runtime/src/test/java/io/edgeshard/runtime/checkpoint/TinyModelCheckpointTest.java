package io.edgeshard.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.fixture.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TinyModelCheckpointTest {
  @ParameterizedTest
  @MethodSource("io.edgeshard.runtime.fixture.TinyModel#all")
  void spec_tinyModel_isWhatWasWritten(TinyModel model, @TempDir Path folder) {
    try (Checkpoint checkpoint = Checkpoint.open(model.writeTo(folder))) {
      ModelSpec spec = checkpoint.spec();

      assertThat(spec.name()).isEqualTo(model.name());
      assertThat(spec.layerCount()).isEqualTo(model.layers());
      assertThat(spec.hiddenSize()).isEqualTo(model.hiddenSize());
      assertThat(spec.headCount()).isEqualTo(model.heads().count());
      assertThat(spec.kvHeadCount()).isEqualTo(model.heads().kvCount());
      assertThat(spec.headDim()).isEqualTo(model.heads().dim());
      assertThat(spec.feedForwardSize()).isEqualTo(model.feedForwardSize());
      assertThat(spec.vocabularySize()).isEqualTo(model.vocabulary().size());
      assertThat(spec.contextLength()).isEqualTo(model.contextLength());
      assertThat(spec.normEpsilon()).isEqualTo(TinyModel.NORM_EPSILON);
      assertThat(spec.rope()).isEqualTo(model.rope());
      assertThat(spec.tiedHead()).isEqualTo(model.tied());
    }
  }

  @Test
  void write_sameSeed_givesTheSameFile(@TempDir Path folder) throws Exception {
    Path first = TinyModel.grouped().writeTo(Files.createDirectory(folder.resolve("first")));
    Path second = TinyModel.grouped().writeTo(Files.createDirectory(folder.resolve("second")));

    assertThat(first).hasSameBinaryContentAs(second);
    assertThat(TinyModel.grouped().withSeed(7).gguf().bytes())
        .isNotEqualTo(Files.readAllBytes(first));
  }
}
