package io.edgeshard.runtime.shard.step;

/**
 * Rows of one sequence in a step: a decode step's one token, or a chunk of a prompt.
 *
 * @param slot where the sequence's keys and values are
 * @param position of the first row; rows at it and after it that the slot holds are overwritten
 * @param rows how many tokens
 * @param logits for how many of the last rows the last shard computes logits
 */
public record Span(int slot, int position, int rows, int logits) {
  public Span {
    if (slot < 0 || rows <= 0 || logits < 0 || logits > rows) {
      throw new IllegalArgumentException(
          "expected a slot, at least one row and logits for at most all of them, found slot %d, %d rows and %d logits"
              .formatted(slot, rows, logits));
    }
  }

  /** Tokens that the slot holds after it. */
  public int end() {
    return position + rows;
  }
}
