package io.edgeshard.planner.plan;

/**
 * The number (epoch) of a plan: a later plan of the same cluster has a greater one.
 *
 * @param value above 0
 */
public record PlanId(long value) implements Comparable<PlanId> {
  public PlanId {
    if (value <= 0) {
      throw new IllegalArgumentException("expected a plan id above 0, found " + value);
    }
  }

  @Override
  public int compareTo(PlanId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
