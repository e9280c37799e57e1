package io.edgeshard.web.plan;

/**
 * What a share takes on its node, item by item, in bytes.
 *
 * @param weightsBytes the weights as they are run
 * @param kvCacheBytes keys and values of all promised sequences
 * @param activationsBytes the largest step's intermediate results
 * @param processBytes the process itself
 * @param headroomBytes what is left free
 */
public record MemoryView(
    long weightsBytes,
    long kvCacheBytes,
    long activationsBytes,
    long processBytes,
    long headroomBytes) {
  /** The sum. */
  public long totalBytes() {
    return weightsBytes + kvCacheBytes + activationsBytes + processBytes + headroomBytes;
  }
}
