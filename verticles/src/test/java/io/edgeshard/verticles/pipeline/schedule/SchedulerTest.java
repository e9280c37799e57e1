package io.edgeshard.verticles.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.verticles.pipeline.schedule.Scheduler.Pick;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final int CHUNK = 128;
  private static final double HOPS_MS = 1;

  private record Sequence(
      boolean isDecoding, boolean isReady, int lastStep, int promptLeft, int chunksOut)
      implements Schedulable {
    static Sequence ready(int lastStep) {
      return new Sequence(true, true, lastStep, 0, 0);
    }

    static Sequence out() {
      return new Sequence(true, false, 0, 0, 0);
    }

    static Sequence prompt(int left, int chunksOut) {
      return new Sequence(false, false, 0, left, chunksOut);
    }
  }

  /** Stages of which a step takes so much for its first row, and so much for each further one. */
  private static Scheduler scheduler(int stages, double firstMs, double furtherMs) {
    StepCosts costs = new StepCosts(stages);
    for (int i = 0; i < 20; i++) {
      for (int rows : new int[] {1, 4, 8}) {
        double ms = firstMs + furtherMs * (rows - 1);
        costs.add(IntStream.range(0, stages).mapToDouble(s -> ms).toArray(), HOPS_MS, rows, 0);
      }
      costs.add(IntStream.range(0, stages).mapToDouble(s -> 64 * 1.5).toArray(), HOPS_MS, 0, 64);
    }
    return new Scheduler(stages, CHUNK, costs);
  }

  private static List<Sequence> ready(int count) {
    return IntStream.range(0, count).mapToObj(Sequence::ready).toList();
  }

  @Test
  void next_oneStage_takesAllThatAreReadyInOneStep() {
    Scheduler scheduler = scheduler(1, 8, 2);
    assertThat(scheduler.credits()).isEqualTo(1);
    assertThat(scheduler.next(ready(8), 0)).hasSize(8).allMatch(pick -> pick.rows() == 1);
  }

  @Test
  void groups_stepsThatTakeAsLongHoweverManyRows_areNotSplit() {
    assertThat(scheduler(1, 8, 2).groups(8)).isEqualTo(1);
    // Three such stages: groups of any size take as long, so more of them are more steps in flight.
    assertThat(scheduler(3, 10, 0).groups(6)).isGreaterThanOrEqualTo(1);
    // A round of one group passes three stages in turn; of three, the stages work at a time.
    assertThat(scheduler(3, 2, 2).groups(6)).isEqualTo(3);
    assertThat(scheduler(3, 2, 2).groups(1)).isEqualTo(1);
  }

  @Test
  void next_moreThanOneGroupIsWorth_spreadsThemEvenlyThoseThatWaitLongestFirst() {
    Scheduler scheduler = scheduler(3, 2, 2);
    List<Sequence> sequences =
        List.of(
            Sequence.ready(9),
            Sequence.ready(4),
            Sequence.ready(7),
            Sequence.ready(5),
            Sequence.ready(8),
            Sequence.ready(6));
    assertThat(scheduler.next(sequences, 0))
        .extracting(pick -> pick.sequence().lastStep())
        .containsExactly(4, 5);
  }

  @Test
  void next_fewerThanAGroupReady_waitForThoseThatAreOut() {
    Scheduler scheduler = scheduler(1, 8, 2);
    List<Sequence> sequences = List.of(Sequence.ready(1), Sequence.out(), Sequence.out());
    assertThat(scheduler.next(sequences, 1)).isEmpty();
    assertThat(scheduler.next(sequences, 0)).hasSize(1);
  }

  @Test
  void next_promptAlone_isChunkedAsLargeAsAllowed() {
    Scheduler scheduler = scheduler(2, 8, 2);
    assertThat(scheduler.next(List.of(Sequence.prompt(1000, 1)), 0))
        .containsExactly(new Pick<>(Sequence.prompt(1000, 1), CHUNK));
    assertThat(scheduler.next(List.of(Sequence.prompt(1000, 2)), 0)).isEmpty();
  }

  @Test
  void next_promptBesideAnswers_holdsThemUpByLittle() {
    Scheduler scheduler = scheduler(1, 8, 2);
    List<Sequence> sequences = new ArrayList<>(ready(2));
    sequences.add(Sequence.prompt(1000, 0));
    List<Pick<Sequence>> picks = scheduler.next(sequences, 0);
    assertThat(picks).hasSize(3);
    // A step of both takes 10 ms, a row of a prompt 1.5: 15 ms more are ten rows.
    assertThat(picks.get(2).rows()).isBetween(9, 10);
  }

  @Test
  void next_morePromptsThanAnswers_areComputedWithoutRegardForThese() {
    Scheduler scheduler = scheduler(1, 8, 2);
    List<Sequence> sequences = new ArrayList<>(ready(1));
    sequences.add(Sequence.prompt(100, 0));
    sequences.add(Sequence.prompt(100, 0));
    assertThat(scheduler.next(sequences, 0)).extracting(Pick::rows).containsExactly(1, 100);
  }

  @Test
  void next_oneRowOfAPromptLeft_isNeverAChunkOfItsOwn() {
    Scheduler scheduler = scheduler(1, 8, 2);
    assertThat(scheduler.next(List.of(Sequence.prompt(CHUNK + 1, 0)), 0).get(0).rows())
        .isEqualTo(CHUNK - 1);
    assertThat(scheduler.next(List.of(Sequence.prompt(1, 0)), 0).get(0).rows()).isEqualTo(1);
  }

  @Test
  void next_severalPrompts_comeInTurnThoseThatCameFirstInFront() {
    Scheduler scheduler = scheduler(2, 8, 2);
    List<Sequence> sequences = List.of(Sequence.prompt(50, 2), Sequence.prompt(60, 0));
    assertThat(scheduler.next(sequences, 0)).extracting(Pick::rows).containsExactly(60);
  }

  @Test
  void decodeMs_oneSizeSeen_isThoughtToGrowWithRows() {
    StepCosts costs = new StepCosts(1);
    assertThat(costs.decodeMs(0, 4)).isPositive();
    costs.add(new double[] {10}, 0, 1, 0);
    assertThat(costs.decodeMs(0, 1)).isCloseTo(10, within(1e-9));
    assertThat(costs.decodeMs(0, 5)).isCloseTo(22, within(1e-9));
  }

  @Test
  void decodeMs_machineThatBecameSlower_isFollowed() {
    StepCosts costs = new StepCosts(1);
    for (int i = 0; i < 400; i++) {
      costs.add(new double[] {i < 200 ? 5 : 20}, 0, 2, 0);
    }
    assertThat(costs.decodeMs(0, 2)).isCloseTo(20, within(0.5));
  }
}
