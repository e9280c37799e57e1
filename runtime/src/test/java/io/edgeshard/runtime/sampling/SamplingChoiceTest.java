package io.edgeshard.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.fixture.gguf.FakeMetadata;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SamplingChoiceTest {
  @Test
  void from_modelThatSaysAll_isReadUnderLlamaCppsNames() {
    SamplingChoice all =
        SamplingChoice.from(
            new FakeMetadata()
                .with("general.sampling.temp", (double) 0.6f)
                .with("general.sampling.top_p", (double) 0.95f)
                .with("general.sampling.top_k", 20)
                .with("general.sampling.min_p", 0d)
                .with("general.sampling.penalty_repeat", (double) 1.05f));

    assertThat(all)
        .isEqualTo(
            new SamplingChoice(
                Optional.of(0.6),
                Optional.of(0.95),
                Optional.of(20),
                Optional.of(0.0),
                Optional.of(1.05)));
  }

  @Test
  void from_modelThatSaysNothing_choosesNothing() {
    assertThat(SamplingChoice.from(new FakeMetadata())).isEqualTo(SamplingChoice.NONE);
  }

  @Test
  void from_topKBelowZero_keepsAllAsLlamaCppHasIt() {
    assertThat(SamplingChoice.from(new FakeMetadata().with("general.sampling.top_k", -1)).topK())
        .hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "general.sampling.temp, -0.5, 'from 0.0 to 2.0'",
    "general.sampling.temp, NaN, 'from 0.0 to 2.0'",
    "general.sampling.top_p, 1.5, 'from 0.0 to 1.0'",
    "general.sampling.min_p, -1, 'from 0.0 to 1.0'",
    "general.sampling.penalty_repeat, 0, 'from 0.01 to 10.0'"
  })
  void from_valueThatNoRequestCouldHave_isRefused(String key, double value, String range) {
    assertThatThrownBy(() -> SamplingChoice.from(new FakeMetadata().with(key, value)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected a number " + range + " as '" + key + "', found " + value);
  }

  @Test
  void or_bothChose_theFirstWins() {
    SamplingChoice set =
        new SamplingChoice(
            Optional.of(0.2),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    SamplingChoice all = set.or(SamplingChoice.AS_SHIPPED);

    assertThat(all.temperature()).hasValue(0.2);
    assertThat(all.topK()).isEqualTo(SamplingChoice.AS_SHIPPED.topK());
  }
}
