package io.edgeshard.planner.plan;

/**
 * What a shard takes on its node, item by item, in bytes.
 *
 * @param weightsBytes the weights as they are run
 * @param kvCacheBytes keys and values of all promised sequences at the promised context
 * @param activationsBytes the largest step's intermediate results
 * @param overheadBytes the process itself
 * @param headroomBytes what is to be left free
 */
public record MemoryEstimate(
    long weightsBytes,
    long kvCacheBytes,
    long activationsBytes,
    long overheadBytes,
    long headroomBytes) {
  /** The sum. */
  public long totalBytes() {
    return weightsBytes + kvCacheBytes + activationsBytes + overheadBytes + headroomBytes;
  }

  /** Bytes for people, rounded up. */
  public static String mebibytes(long bytes) {
    return ((bytes + (1L << 20) - 1) >> 20) + " MiB";
  }

  /** The sum with its items, for people. */
  @Override
  public String toString() {
    String items =
        "weights %s + KV cache %s + activations %s + process %s"
            .formatted(
                mebibytes(weightsBytes),
                mebibytes(kvCacheBytes),
                mebibytes(activationsBytes),
                mebibytes(overheadBytes));
    String headroom = headroomBytes > 0 ? " + head-room " + mebibytes(headroomBytes) : "";
    return "%s (%s%s)".formatted(mebibytes(totalBytes()), items, headroom);
  }
}
