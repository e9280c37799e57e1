package io.edgeshard.verticles.pipeline.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides what each step carries, so that the stages are busy and nobody waits for long.
 *
 * <p>Decode goes first: the sequences that make their answers are spread evenly over as many groups
 * as pay, each group a step of its own, so that stages work on different groups at a time. A chunk
 * of a prompt goes with them, as long as it does not hold up the next tokens for much longer than a
 * step takes anyway.
 */
public final class Scheduler {
  /**
   * A chunk beside decode rows takes so much of their step's time: the gap is 2.5 times as long.
   */
  private static final double CHUNK_PER_STEP = 1.5;

  /** Another number of groups must be so much quicker. */
  private static final double WORTHWHILE = 0.97;

  private static final int LEAST_CHUNK_TOKENS = 8;

  private final int stages;
  private final int chunkTokens;
  private final StepCosts costs;

  /**
   * Work of a step.
   *
   * @param sequence whose
   * @param rows tokens of it
   */
  public record Pick<T extends Schedulable>(T sequence, int rows) {}

  /**
   * For a pipeline.
   *
   * @param chunkTokens the most prompt tokens of a step
   * @param costs of its stages; learn from {@link #served}
   */
  public Scheduler(int stages, int chunkTokens, StepCosts costs) {
    this.stages = stages;
    this.chunkTokens = chunkTokens;
    this.costs = costs;
  }

  /** Learns from a step, as {@link StepCosts#add} does. */
  public void served(double[] stagesMs, double hopsMs, int decodeRows, int promptRows) {
    costs.add(stagesMs, hopsMs, decodeRows, promptRows);
  }

  /** How many steps may be out: one for each stage, and one on the way. */
  public int credits() {
    return stages == 1 ? 1 : stages + 1;
  }

  /**
   * What the next step carries; empty when it is better to wait for a step that is out.
   *
   * @param running sequences, those that came first in front
   * @param decodeStepsOut steps with decode rows that are out
   */
  public <T extends Schedulable> List<Pick<T>> next(List<T> running, int decodeStepsOut) {
    List<Pick<T>> picks = new ArrayList<>();
    int decoding = (int) running.stream().filter(Schedulable::isDecoding).count();
    int prompts = (int) running.stream().filter(each -> each.promptLeft() > 0).count();
    decode(running, decoding, decodeStepsOut).forEach(each -> picks.add(new Pick<>(each, 1)));
    running.stream()
        .filter(each -> each.promptLeft() > 0 && each.chunksOut() < stages)
        .findFirst()
        .ifPresent(
            each -> picks.add(new Pick<>(each, chunk(each.promptLeft(), decoding, prompts))));
    return picks;
  }

  private <T extends Schedulable> List<T> decode(List<T> running, int decoding, int stepsOut) {
    List<T> ready =
        running.stream()
            .filter(Schedulable::isReady)
            .sorted(Comparator.comparing(Schedulable::lastStep))
            .toList();
    if (ready.isEmpty()) {
      return ready;
    }
    int groups = groups(decoding);
    boolean isWorthwhile = stepsOut < groups && ready.size() >= decoding / groups;
    int most = (decoding + groups - 1) / groups;
    return stepsOut == 0 || isWorthwhile
        ? ready.subList(0, Math.min(most, ready.size()))
        : List.of();
  }

  /** How many groups give the most tokens per second: the quickest round of all. */
  int groups(int decoding) {
    int best = 1;
    double bestMs = roundMs(decoding, 1);
    for (int groups = 2; groups <= Math.min(decoding, credits()); groups++) {
      double ms = roundMs(decoding, groups);
      if (ms < WORTHWHILE * bestMs) {
        best = groups;
        bestMs = ms;
      }
    }
    return best;
  }

  private double roundMs(int decoding, int groups) {
    int rows = (decoding + groups - 1) / groups;
    double sum = costs.hopsMs();
    double slowest = 0;
    for (int stage = 0; stage < stages; stage++) {
      double ms = costs.decodeMs(stage, rows);
      sum += ms;
      slowest = Math.max(slowest, ms);
    }
    return Math.max(sum, groups * slowest);
  }

  private int chunk(int promptLeft, int decoding, int prompts) {
    int rows = Math.min(promptLeft, chunkTokens);
    // Where more wait for their first token than for their next, the first ones count.
    if (decoding >= prompts) {
      int perGroup = Math.max(1, decoding / groups(decoding));
      rows =
          Math.min(rows, Math.max(LEAST_CHUNK_TOKENS, costs.chunkRows(perGroup, CHUNK_PER_STEP)));
    }
    // A last chunk of one row would be computed as a decode step is, not as a chunk.
    return promptLeft - rows == 1 && rows > 2 ? rows - 1 : rows;
  }
}
