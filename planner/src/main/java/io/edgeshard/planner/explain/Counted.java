package io.edgeshard.planner.explain;

/** Numbers of things, for people. */
public final class Counted {
  private Counted() {}

  /** {@code 1 node}, {@code 3 nodes}. */
  public static String of(int count, String one) {
    return count + " " + (count == 1 ? one : one + (one.endsWith("ch") ? "es" : "s"));
  }
}
