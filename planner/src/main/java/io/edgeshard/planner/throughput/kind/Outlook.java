package io.edgeshard.planner.throughput.kind;

/** What is assumed of nodes of one kind that are not quite alike, and of layers of unlike size. */
public enum Outlook {
  /** The best of them: no plan can be better than what is found so. */
  OPTIMISTIC,
  /** The worst of them: a plan that is found so is at least as good. */
  PESSIMISTIC;

  /** The value that is assumed where less is better. */
  public double of(double one, double other) {
    return this == OPTIMISTIC ? Math.min(one, other) : Math.max(one, other);
  }
}
