package io.edgeshard.planner.cluster;

/**
 * What memory a node has to give to a plan, in bytes.
 *
 * @param usableBytes what it may use, all things counted: free memory within the limits of a
 *     container, less the user's cap
 * @param headroomBytes of it to be left free
 * @param processBytes of it what the process takes without a model
 */
public record MemoryOffer(long usableBytes, long headroomBytes, long processBytes) {
  /** The process without a model: JVM, event bus, Hazelcast, ONNX Runtime, in bytes. */
  public static final long PROCESS_BYTES = 300L << 20;

  public MemoryOffer {
    if (usableBytes <= 0 || headroomBytes < 0 || processBytes < 0) {
      throw new IllegalArgumentException(
          "expected a node to offer more than 0 bytes, with head-room and process of 0 bytes or more, found %d, %d and %d"
              .formatted(usableBytes, headroomBytes, processBytes));
    }
  }

  /** An offer that a running node makes, of which nothing has to be left free. */
  public static MemoryOffer of(long usableBytes) {
    return new MemoryOffer(usableBytes, 0, PROCESS_BYTES);
  }

  /** The same offer, of at most so many bytes. */
  public MemoryOffer atMost(long bytes) {
    return new MemoryOffer(Math.min(usableBytes, bytes), headroomBytes, processBytes);
  }

  /** The same offer, of so many bytes in all. */
  public MemoryOffer withUsable(long bytes) {
    return new MemoryOffer(bytes, headroomBytes, processBytes);
  }
}
