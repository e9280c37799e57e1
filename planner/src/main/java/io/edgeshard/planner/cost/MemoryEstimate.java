package io.edgeshard.planner.cost;

/**
 * What a shard takes on its node, item by item, in bytes.
 *
 * @param weightsBytes the weights as they are run
 * @param kvCacheBytes keys and values of all promised sequences at the promised context
 * @param activationsBytes the largest step's intermediate results
 * @param overheadBytes the process itself
 */
public record MemoryEstimate(
    long weightsBytes, long kvCacheBytes, long activationsBytes, long overheadBytes) {
  /** The sum. */
  public long totalBytes() {
    return weightsBytes + kvCacheBytes + activationsBytes + overheadBytes;
  }

  /** Bytes for people, rounded up. */
  public static String mebibytes(long bytes) {
    return ((bytes + (1L << 20) - 1) >> 20) + " MiB";
  }

  /** The sum with its items, for people. */
  @Override
  public String toString() {
    return "%s (weights %s + KV cache %s + activations %s + process %s)"
        .formatted(
            mebibytes(totalBytes()),
            mebibytes(weightsBytes),
            mebibytes(kvCacheBytes),
            mebibytes(activationsBytes),
            mebibytes(overheadBytes));
  }
}
