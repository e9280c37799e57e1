package io.edgeshard.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SamplingParametersTest {
  static List<Arguments> refused() {
    return List.of(
        Arguments.of(
            Parameters.plain().temperature(-0.1), "a temperature of 0 or more, found -0.1"),
        Arguments.of(Parameters.plain().temperature(Double.NaN), "temperature"),
        Arguments.of(Parameters.plain().topK(-1), "a top-k of 0 or more, found -1"),
        Arguments.of(Parameters.plain().topP(-0.1), "a top-p of 0 to 1, found -0.1"),
        Arguments.of(Parameters.plain().topP(1.1), "top-p"),
        Arguments.of(Parameters.plain().minP(-0.5), "a min-p of 0 to 1, found -0.5"),
        Arguments.of(Parameters.plain().minP(Double.NaN), "min-p"),
        Arguments.of(Parameters.plain().repetitionPenalty(0), "a repetition penalty above 0"),
        Arguments.of(Parameters.plain().repetitionWindow(-1), "a repetition window of 0 or more"),
        Arguments.of(
            Parameters.plain().frequencyPenalty(Double.POSITIVE_INFINITY), "frequency penalty"),
        Arguments.of(Parameters.plain().presencePenalty(Double.NaN), "presence penalty"),
        Arguments.of(Parameters.plain().logitBias(Map.of(-1, 1f)), "token ids of 0 or more"),
        Arguments.of(
            Parameters.plain().logitBias(Map.of(7, Float.POSITIVE_INFINITY)),
            "a finite logit bias or -Infinity for token 7"),
        Arguments.of(Parameters.plain().topLogProbabilities(-2), "-1 (no log-probabilities)"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void constructor_valueOutOfRange_saysSo(Parameters parameters, String sentence) {
    assertThatThrownBy(parameters::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence);
  }
}
