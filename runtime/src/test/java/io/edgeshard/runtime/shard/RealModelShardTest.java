package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.RealModel;
import io.edgeshard.runtime.fixture.ReferenceAnswer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The default model against what an independent implementation says about it. */
final class RealModelShardTest {
  private static final int THREADS = 1;
  private static Checkpoint checkpoint;

  @BeforeAll
  static void open() {
    checkpoint = Checkpoint.open(RealModel.path());
  }

  @AfterAll
  static void close() {
    checkpoint.close();
  }

  @Test
  void forward_exactInThreeShards_reproducesEveryAnswer() {
    try (LocalPipeline pipeline =
        new LocalPipeline(checkpoint, WeightType.EXACT, THREADS, List.of(9, 21))) {
      for (ReferenceAnswer answer : ReferenceAnswer.all()) {
        assertThat(chosen(pipeline, answer)).as(answer.id()).isEqualTo(answer.greedyTokenIds());
      }
    }
  }

  @Test
  void forward_wholeModel_keepsTheLogProbabilitiesThatEachModePromises() {
    List<Step> exact = new ArrayList<>();
    try (LocalPipeline pipeline = LocalPipeline.whole(checkpoint, WeightType.EXACT)) {
      for (ReferenceAnswer answer : ReferenceAnswer.all()) {
        List<Step> steps = fed(pipeline, answer);
        int prompt = answer.promptTokenIds().size();
        for (int i = 0; i + 1 < prompt; i++) {
          assertThat(steps.get(i).logProbability())
              .as("%s after prompt token %d", answer.id(), i)
              .isCloseTo(answer.promptLogProbabilities().get(i), within(0.0005));
        }
        assertThat(steps.subList(prompt - 1, steps.size()).stream().map(Step::likeliest).toList())
            .as(answer.id())
            .isEqualTo(answer.greedyTokenIds());
        exact.addAll(steps);
      }
    }
    try (LocalPipeline pipeline = LocalPipeline.whole(checkpoint, WeightType.FAST)) {
      List<Step> fast = new ArrayList<>();
      ReferenceAnswer.all().forEach(answer -> fast.addAll(fed(pipeline, answer)));
      long same = 0;
      long missedInAnswers = 0;
      double difference = 0;
      for (int i = 0; i < exact.size(); i++) {
        boolean equal = exact.get(i).likeliest() == fast.get(i).likeliest();
        same += equal ? 1 : 0;
        missedInAnswers += !equal && exact.get(i).inAnswer() ? 1 : 0;
        difference += Math.abs(exact.get(i).logProbability() - fast.get(i).logProbability());
      }
      double agreement = (double) same / exact.size();
      double meanDifference = difference / exact.size();
      System.out.printf(
          "fast against exact, fed the reference's tokens: first choice equal in %d of %d steps"
              + " (%d of %d within answers), log-probabilities off by %.4f%n",
          same,
          exact.size(),
          exact.stream().filter(Step::inAnswer).count() - missedInAnswers,
          exact.stream().filter(Step::inAnswer).count(),
          meanDifference);
      assertThat(agreement).isGreaterThanOrEqualTo(0.98);
      assertThat(meanDifference).isLessThan(0.04);
    }
  }

  /** What is said after one token: the first choice, and how likely the reference's next is. */
  private record Step(boolean inAnswer, int likeliest, double logProbability) {}

  private static List<Integer> chosen(LocalPipeline pipeline, ReferenceAnswer answer) {
    List<Step> steps = fed(pipeline, answer);
    return steps.subList(answer.promptTokenIds().size() - 1, steps.size()).stream()
        .map(Step::likeliest)
        .toList();
  }

  // The prompt in one step, then the reference's answer token by token, as a chat would be.
  private static List<Step> fed(LocalPipeline pipeline, ReferenceAnswer answer) {
    List<Integer> ids = new ArrayList<>(answer.promptTokenIds());
    ids.addAll(answer.greedyTokenIds());
    int prompt = answer.promptTokenIds().size();
    int sequence = pipeline.open();
    int[] first = ids.subList(0, prompt).stream().mapToInt(Integer::intValue).toArray();
    List<Step> steps = new ArrayList<>();
    for (float[] logits : pipeline.forward(sequence, 0, first, first.length)) {
      boolean inAnswer = steps.size() + 1 >= prompt;
      steps.add(step(inAnswer, logits, ids.get(steps.size() + 1)));
    }
    for (int t = prompt; t + 1 < ids.size(); t++) {
      int[] next = {ids.get(t)};
      steps.add(step(true, pipeline.forward(sequence, t, next, 1)[0], ids.get(t + 1)));
    }
    pipeline.release(sequence);
    return steps;
  }

  private static Step step(boolean inAnswer, float[] logits, int next) {
    int likeliest = LocalPipeline.likeliest(logits);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - logits[likeliest]);
    }
    return new Step(inAnswer, likeliest, logits[next] - logits[likeliest] - Math.log(sum));
  }
}
