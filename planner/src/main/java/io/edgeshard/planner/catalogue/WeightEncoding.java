package io.edgeshard.planner.catalogue;

import io.edgeshard.planner.model.PartWeights;

/**
 * How a file holds matrices, and what blocks of 32 of their weights take when loaded: the table of
 * {@code runtime.checkpoint.llama}, without the few bytes that short rows of Q4_1 add.
 */
enum WeightEncoding {
  F32("F32", 128, 128, 128),
  Q8_0("Q8_0", 34, 128, 44),
  Q4_0("Q4_0", 18, 20, 28),
  Q4_1("Q4_1", 20, 24, 32);

  private static final int BLOCK = 32;

  private final String label;
  private final int fileBytes;
  private final int exactBytes;
  private final int fastBytes;

  WeightEncoding(String label, int fileBytes, int exactBytes, int fastBytes) {
    this.label = label;
    this.fileBytes = fileBytes;
    this.exactBytes = exactBytes;
    this.fastBytes = fastBytes;
  }

  String label() {
    return label;
  }

  long fileBytes(long weights) {
    return weights / BLOCK * fileBytes;
  }

  /** A part of so many weights in matrices and so many in norms, which stay float32. */
  PartWeights weights(long inMatrices, long inNorms) {
    long blocks = inMatrices / BLOCK;
    long norms = inNorms * Float.BYTES;
    return new PartWeights(
        blocks * fileBytes + norms,
        blocks * exactBytes + norms,
        blocks * fastBytes + norms,
        inMatrices * Float.BYTES + norms);
  }
}
