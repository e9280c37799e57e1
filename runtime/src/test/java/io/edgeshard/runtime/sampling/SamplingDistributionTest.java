package io.edgeshard.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is chosen, against definitions written down in the plainest way. */
class SamplingDistributionTest {
  private static final int DRAWS = 20_000;

  @Test
  void sample_plain_followsSoftmax() {
    float[] logits = gaussians(30, 5);
    assertFollows(
        softmax(logits, 1, IntStream.range(0, 30).boxed().collect(Collectors.toSet())),
        draws(Parameters.plain().seed(3).build(), logits));
  }

  @Test
  void sample_withAllTruncations_followsWhatTheyLeave() {
    float[] logits = gaussians(30, 6);
    SamplingParameters parameters =
        Parameters.plain().temperature(0.7).topK(12).topP(0.9).minP(0.02).seed(4).build();
    assertFollows(softmax(logits, 0.7, allowed(logits, parameters)), draws(parameters, logits));
  }

  @Property(tries = 300, seed = "1")
  void sample_anyTruncation_staysInside(
      @ForAll @Size(min = 1, max = 40) float @FloatRange(min = -20, max = 20) [] logits,
      @ForAll @IntRange(max = 45) int topK,
      @ForAll @DoubleRange(min = 0.01, max = 1) double topP,
      @ForAll @DoubleRange(max = 1) double minP,
      @ForAll @DoubleRange(min = 0.05, max = 3) double temperature,
      @ForAll long seed) {
    SamplingParameters parameters =
        Parameters.plain()
            .temperature(temperature)
            .topK(topK)
            .topP(topP)
            .minP(minP)
            .seed(seed)
            .build();
    SeededSampler sampler = new SeededSampler(parameters, new int[0], new int[0]);
    Set<Integer> allowed = allowed(logits, parameters);
    for (int i = 0; i < 20; i++) {
      assertThat(allowed).contains(sampler.sample(FloatBuffer.wrap(logits)).id());
    }
  }

  @Property(tries = 300, seed = "2")
  void largest_anyLogits_areTheFirstOfAllSorted(
      @ForAll @Size(min = 1, max = 60) float @FloatRange(min = -3, max = 3) [] logits,
      @ForAll @IntRange(max = 70) int count) {
    for (int i = 0; i < logits.length; i++) {
      logits[i] = Math.round(logits[i]);
    }
    int[] expected =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(
                (a, b) ->
                    logits[a] == logits[b]
                        ? Integer.compare(a, b)
                        : Float.compare(logits[b], logits[a]))
            .limit(count)
            .mapToInt(id -> id)
            .toArray();
    assertThat(Logits.largest(logits, count)).isEqualTo(expected);
    assertThat(Logits.largest(logits)).isEqualTo(Logits.largest(logits, 1)[0]);
  }

  /** The tokens that may be chosen, by sorting everything. */
  private static Set<Integer> allowed(float[] logits, SamplingParameters parameters) {
    Integer[] order = IntStream.range(0, logits.length).boxed().toArray(Integer[]::new);
    Arrays.sort(
        order,
        (a, b) ->
            logits[a] == logits[b] ? Integer.compare(a, b) : Float.compare(logits[b], logits[a]));
    int kept = parameters.topK() == 0 ? order.length : Math.min(parameters.topK(), order.length);
    double[] weights = new double[kept];
    double total = 0;
    for (int i = 0; i < kept; i++) {
      weights[i] =
          Math.exp(((double) logits[order[i]] - logits[order[0]]) / parameters.temperature());
      total += weights[i];
    }
    // a hair more than top-p: where the sum meets it exactly, rounding decides
    double mass = 0;
    int count = 0;
    while (count < kept && mass < total * parameters.topP() * (1 + 1e-12)) {
      mass += weights[count++];
    }
    return IntStream.range(0, count)
        .filter(i -> weights[i] >= parameters.minP())
        .mapToObj(i -> order[i])
        .collect(Collectors.toSet());
  }

  private static double[] softmax(float[] logits, double temperature, Set<Integer> allowed) {
    double[] shares = new double[logits.length];
    allowed.forEach(id -> shares[id] = Math.exp(logits[id] / temperature));
    double total = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / total).toArray();
  }

  private static int[] draws(SamplingParameters parameters, float[] logits) {
    SeededSampler sampler = new SeededSampler(parameters, new int[0], new int[0]);
    int[] counts = new int[logits.length];
    for (int i = 0; i < DRAWS; i++) {
      counts[sampler.sample(FloatBuffer.wrap(logits)).id()]++;
    }
    return counts;
  }

  /** Within five standard deviations of the counts to expect; the seeds are fixed. */
  private static void assertFollows(double[] shares, int[] counts) {
    for (int id = 0; id < shares.length; id++) {
      double deviation = Math.sqrt(DRAWS * shares[id] * (1 - shares[id]));
      assertThat((double) counts[id]).isCloseTo(DRAWS * shares[id], within(5 * deviation + 1e-9));
    }
  }

  private static float[] gaussians(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 2;
    }
    return values;
  }
}
