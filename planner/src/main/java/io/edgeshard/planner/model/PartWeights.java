package io.edgeshard.planner.model;

/**
 * The weights of one part of a model (the embedding, a decoder layer, the head), in bytes.
 *
 * @param fileBytes in the checkpoint
 * @param exactBytes resident in memory when run as {@link WeightType#EXACT}
 * @param fastBytes resident in memory when run as {@link WeightType#FAST}
 * @param float32Bytes resident in memory when run as {@link WeightType#FLOAT32}
 */
public record PartWeights(long fileBytes, long exactBytes, long fastBytes, long float32Bytes) {
  public PartWeights {
    if (fileBytes < 0 || exactBytes < 0 || fastBytes < 0 || float32Bytes < 0) {
      throw new IllegalArgumentException("expected weights of 0 bytes or more, found a negative");
    }
  }

  /** Resident bytes when run the given way. */
  public long residentBytes(WeightType type) {
    return switch (type) {
      case EXACT -> exactBytes;
      case FAST -> fastBytes;
      case FLOAT32 -> float32Bytes;
    };
  }
}
