package io.edgeshard.planner.throughput;

/** Counts the steps of a search, so that it ends on any machine, with the same answer on each. */
final class Work {
  private long left;

  /** So many steps at most, of some nanoseconds each. */
  Work(long most) {
    this.left = most;
  }

  void spend(long steps) {
    left -= steps;
  }

  boolean isSpent() {
    return left <= 0;
  }
}
