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
}
