package io.edgeshard.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.sampling.SampledToken.Alternative;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededSamplerTest {
  private static final int[] NONE = {};

  @Test
  void sample_greedy_takesTheLowestOfTheLargest() {
    assertThat(choose(Parameters.greedy(), 1, 5, 5, 2, 5)).isEqualTo(1);
    assertThat(choose(Parameters.greedy(), -3, -0f, 0f)).isEqualTo(1);
    assertThat(choose(Parameters.greedy(), -7)).isZero();
  }

  @Test
  void sample_anyBuffer_leavesItAsItWas() {
    FloatBuffer logits = FloatBuffer.wrap(new float[] {9, 1, 4, 2, 9}).slice(1, 3);
    SampledToken token = sampler(Parameters.greedy().logitBias(Map.of(0, -5f))).sample(logits);
    assertThat(token.id()).isEqualTo(1);
    assertThat(logits.remaining()).isEqualTo(3);
    assertThat(logits.get(0)).isEqualTo(1);
  }

  @Test
  void sample_bias_movesAndForbids() {
    assertThat(choose(Parameters.greedy().logitBias(Map.of(2, 3f)), 5, 1, 4)).isEqualTo(2);
    assertThat(choose(Parameters.greedy().logitBias(Map.of(0, Float.NEGATIVE_INFINITY)), 5, -1, -4))
        .isEqualTo(1);
  }

  @Test
  void sample_biasForbidsAll_saysSo() {
    Parameters parameters =
        Parameters.plain()
            .logitBias(Map.of(0, Float.NEGATIVE_INFINITY, 1, Float.NEGATIVE_INFINITY));
    assertThatThrownBy(() -> choose(parameters, 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a token that the logit bias allows");
  }

  @Test
  void sample_biasBeyondVocabulary_saysSo() {
    assertThatThrownBy(() -> choose(Parameters.plain().logitBias(Map.of(2, 1f)), 1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected token ids of 0 to 1 in logit bias and history, found 2");
  }

  @Test
  void sample_repetitionPenalty_countsPromptAndAnswer() {
    SamplingParameters parameters = Parameters.greedy().repetitionPenalty(2).build();
    float[] logits = {6, 5, 4, -1};
    SeededSampler sampler = new SeededSampler(parameters, new int[] {0, 0}, new int[] {1});
    assertThat(sampler.sample(FloatBuffer.wrap(logits)).id()).isEqualTo(2);
    float[] negative = {-1, -1.5f};
    assertThat(
            new SeededSampler(parameters, new int[] {0}, NONE)
                .sample(FloatBuffer.wrap(negative))
                .id())
        .isEqualTo(1);
  }

  @Test
  void sample_repetitionWindow_forgetsWhatIsFurtherBack() {
    SamplingParameters two = Parameters.greedy().repetitionPenalty(2).repetitionWindow(2).build();
    float[] logits = {6, 5, 4, 1};
    SeededSampler sampler = new SeededSampler(two, new int[] {0}, new int[] {3});
    assertThat(sampler.sample(FloatBuffer.wrap(logits)).id()).as("0, 3 count").isEqualTo(1);
    assertThat(sampler.sample(FloatBuffer.wrap(logits)).id()).as("3, 1 count").isEqualTo(0);
    assertThat(sampler.sample(FloatBuffer.wrap(logits)).id()).as("1, 0 count").isEqualTo(2);
  }

  @Test
  void sample_repetitionWindowNotYetFull_countsNothingElse() {
    Parameters wide = Parameters.greedy().repetitionPenalty(2).repetitionWindow(8);
    float[] logits = {6, 5};
    assertThat(
            new SeededSampler(wide.build(), new int[] {1}, NONE)
                .sample(FloatBuffer.wrap(logits))
                .id())
        .isZero();
  }

  @Test
  void sample_repetitionWindowBeyondAllBounds_takesNoMoreMemoryThanTheTokens() {
    Parameters endless = Parameters.greedy().repetitionPenalty(2);
    assertThat(choose(endless.repetitionWindow(Integer.MAX_VALUE), 6, 5)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void sample_topPOfZero_isGreedy(int topK) {
    Parameters none = Parameters.plain().temperature(2).topP(0).topK(topK);
    for (int seed = 0; seed < 50; seed++) {
      assertThat(choose(none.seed(seed), 4.8f, 4.9f, 5, 4.9f)).isEqualTo(2);
    }
  }

  @Test
  void sample_frequencyAndPresence_countTheAnswerOnly() {
    float[] logits = {4, 3.5f};
    SamplingParameters frequency = Parameters.greedy().frequencyPenalty(0.3).build();
    assertThat(
            new SeededSampler(frequency, new int[] {0, 0, 0}, NONE)
                .sample(FloatBuffer.wrap(logits))
                .id())
        .isZero();
    assertThat(chosen(frequency, logits, 5)).containsExactly(0, 0, 1, 0, 1);
    SamplingParameters presence = Parameters.greedy().presencePenalty(1).build();
    assertThat(chosen(presence, logits, 4)).containsExactly(0, 1, 0, 0);
  }

  @Test
  void sample_extremeNumbers_stillChooses() {
    float[] logits = {Float.MAX_VALUE, -Float.MAX_VALUE, 0};
    for (Parameters parameters :
        new Parameters[] {
          Parameters.plain().repetitionPenalty(Double.MIN_VALUE),
          Parameters.plain().frequencyPenalty(Double.MAX_VALUE),
          Parameters.plain().frequencyPenalty(-Double.MAX_VALUE),
          Parameters.plain().temperature(Double.MIN_VALUE),
          Parameters.plain().temperature(Double.MAX_VALUE),
          Parameters.plain().topP(Double.MIN_VALUE),
          Parameters.plain().minP(1).topK(Integer.MAX_VALUE)
        }) {
      int[] all = {0, 1, 2};
      SeededSampler sampler = new SeededSampler(parameters.build(), all, all);
      assertThat(sampler.sample(FloatBuffer.wrap(logits)).id()).isBetween(0, 2);
    }
  }

  @Test
  void sample_logProbabilities_areTheModelsOwn() {
    float[] logits = {1, 3, 2, 3};
    Parameters parameters =
        Parameters.greedy().logitBias(Map.of(2, 10f)).temperature(0.5).topLogProbabilities(3);
    SampledToken token = sampler(parameters).sample(FloatBuffer.wrap(logits));
    double logTotal = Math.log(Math.exp(1) + Math.exp(3) + Math.exp(2) + Math.exp(3));
    assertThat(token.id()).isEqualTo(2);
    assertThat(token.logProbability()).isCloseTo((float) (2 - logTotal), within(1e-6f));
    assertThat(token.top().stream().map(Alternative::id)).containsExactly(1, 3, 2);
    assertThat(token.top().get(0).logProbability())
        .isCloseTo((float) (3 - logTotal), within(1e-6f));
  }

  @Test
  void sample_logProbabilitiesNotAsked_areNotThere() {
    SampledToken none = sampler(Parameters.plain()).sample(FloatBuffer.wrap(new float[] {1, 2}));
    assertThat(none.logProbability()).isNaN();
    assertThat(none.top()).isEmpty();
    SampledToken chosenOnly =
        sampler(Parameters.plain().topLogProbabilities(0))
            .sample(FloatBuffer.wrap(new float[] {1, 2}));
    assertThat(chosenOnly.logProbability()).isNegative();
    assertThat(chosenOnly.top()).isEmpty();
    SampledToken moreThanThere =
        sampler(Parameters.plain().topLogProbabilities(20))
            .sample(FloatBuffer.wrap(new float[] {1, 2}));
    assertThat(moreThanThere.top()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void sample_noNumbers_saySo(float bad) {
    assertThatThrownBy(() -> choose(Parameters.greedy(), 1, bad, 2))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected finite logits")
        .hasMessageContaining("for token 1");
  }

  @Test
  void sample_noLogits_saysSo() {
    assertThatThrownBy(() -> choose(Parameters.greedy()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found none");
  }

  @Test
  void sample_sameSeed_givesTheSameAnswerAndGoesOn() {
    SamplingParameters parameters =
        Parameters.plain().seed(7).repetitionPenalty(1.3).frequencyPenalty(0.5).build();
    Random random = new Random(11);
    float[][] rows = new float[40][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = gaussians(random, 50);
    }
    int[] prompt = {3, 1, 4, 1, 5};
    SeededSampler whole = new SeededSampler(parameters, prompt, NONE);
    int[] answer = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      answer[i] = whole.sample(FloatBuffer.wrap(rows[i])).id();
    }
    for (int done : new int[] {0, 1, 17, 39}) {
      SeededSampler continued =
          new SeededSampler(parameters, prompt, java.util.Arrays.copyOf(answer, done));
      for (int i = done; i < rows.length; i++) {
        assertThat(continued.sample(FloatBuffer.wrap(rows[i])).id()).isEqualTo(answer[i]);
      }
    }
  }

  @Test
  void sample_otherSeed_givesAnotherAnswer() {
    float[] even = new float[1000];
    assertThat(chosen(Parameters.plain().seed(1).build(), even, 10))
        .isNotEqualTo(chosen(Parameters.plain().seed(2).build(), even, 10));
  }

  private static float[] gaussians(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 3;
    }
    return values;
  }

  private static SeededSampler sampler(Parameters parameters) {
    return new SeededSampler(parameters.build(), NONE, NONE);
  }

  private static int choose(Parameters parameters, float... logits) {
    return sampler(parameters).sample(FloatBuffer.wrap(logits)).id();
  }

  private static int[] chosen(SamplingParameters parameters, float[] logits, int count) {
    SeededSampler sampler = new SeededSampler(parameters, NONE, NONE);
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = sampler.sample(FloatBuffer.wrap(logits)).id();
    }
    return ids;
  }
}
