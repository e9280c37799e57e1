package io.edgeshard.verticles.local;

/** What is done again and again while something runs that nobody has to wait for. */
@FunctionalInterface
public interface Look {
  /** Looks; ends within seconds. */
  void look() throws InterruptedException;
}
