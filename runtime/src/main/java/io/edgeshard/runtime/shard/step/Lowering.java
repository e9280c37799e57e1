package io.edgeshard.runtime.shard.step;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A step's spans as runs of the graph, which takes one row of each of many neighbouring slots or
 * many rows of one, never both.
 *
 * <p>A few free slots between two that have a row compute one too, for nobody: that costs less than
 * a run of their own for those behind. What a row is computed to depends on its kind of run, alone,
 * batched or in a chunk, and on nothing else in the step.
 */
public final class Lowering {
  /** A run of its own takes about as long as this many more rows in another one. */
  private static final int MOST_FREE_BETWEEN = 2;

  private final int slotsInBank;

  /**
   * For slots that lie in several banks.
   *
   * @param slotsInBank how many neighbours lie in one tensor
   */
  public Lowering(int slotsInBank) {
    this.slotsInBank = slotsInBank;
  }

  /**
   * Lowers.
   *
   * @param wanted places in {@code spans} of those to compute
   */
  public List<Run> lower(List<Span> spans, List<Integer> wanted) {
    List<Run> runs = new ArrayList<>();
    List<Integer> neighbours = new ArrayList<>();
    int first = 0;
    List<Integer> singles =
        wanted.stream()
            .filter(place -> spans.get(place).rows() == 1)
            .sorted(Comparator.comparing(place -> spans.get(place).slot()))
            .toList();
    for (int place : singles) {
      int slot = spans.get(place).slot();
      int free = slot - first - neighbours.size();
      boolean joins =
          !neighbours.isEmpty()
              && free <= MOST_FREE_BETWEEN
              && slot / slotsInBank == first / slotsInBank;
      if (!joins) {
        addRun(runs, first, neighbours);
        first = slot;
        free = 0;
      }
      for (int i = 0; i < free; i++) {
        neighbours.add(Run.NOBODY);
      }
      neighbours.add(place);
    }
    addRun(runs, first, neighbours);
    for (int place : wanted) {
      Span span = spans.get(place);
      if (span.rows() > 1) {
        runs.add(new Run(span.slot(), span.rows(), List.of(place)));
      }
    }
    return runs;
  }

  private static void addRun(List<Run> runs, int first, List<Integer> neighbours) {
    if (!neighbours.isEmpty()) {
      runs.add(new Run(first, 1, neighbours));
      neighbours.clear();
    }
  }
}
