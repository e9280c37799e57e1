package io.edgeshard.runtime.shard.step;

import java.util.List;

/**
 * One run of the graph: one row of each of some neighbouring slots, or some rows of one slot.
 *
 * @param firstSlot of the neighbours
 * @param rows of each slot, above 1 for one slot only
 * @param spans places in the step's spans, by slot; {@link #NOBODY} where a slot computes a row for
 *     nobody because neighbours on both sides have one
 */
public record Run(int firstSlot, int rows, List<Integer> spans) {
  /** The place of no span. */
  public static final int NOBODY = -1;

  public Run {
    spans = List.copyOf(spans);
  }

  /** How many slots. */
  public int slots() {
    return spans.size();
  }

  /** Rows of all slots. */
  public int allRows() {
    return rows * spans.size();
  }
}
