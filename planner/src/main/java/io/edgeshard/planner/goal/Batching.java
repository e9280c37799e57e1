package io.edgeshard.planner.goal;

/**
 * How many sequences are under way, and how they travel.
 *
 * @param batch sequences that travel together, a micro-batch
 * @param microBatches micro-batches in flight at once
 */
public record Batching(int batch, int microBatches) {
  /** One sequence alone. */
  public static final Batching ONE = new Batching(1, 1);

  public Batching {
    if (batch <= 0 || microBatches <= 0) {
      throw new IllegalArgumentException(
          "expected at least one micro-batch of at least one sequence, found %d of %d"
              .formatted(microBatches, batch));
    }
  }

  /** Sequences under way at once. */
  public int sequences() {
    return batch * microBatches;
  }
}
