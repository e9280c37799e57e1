package io.edgeshard.planner.model;

/**
 * Consecutive decoder layers {@code [start, end)}, half-open and counted from 0; may be empty.
 *
 * @param start first layer of the range
 * @param end layer after the last one, at least {@code start}
 */
public record LayerRange(int start, int end) {
  public LayerRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "expected a layer range with 0 <= start <= end, found [" + start + ", " + end + ")");
    }
  }

  /** How many layers the range holds. */
  public int count() {
    return end - start;
  }

  @Override
  public String toString() {
    return "[" + start + ", " + end + ")";
  }
}
