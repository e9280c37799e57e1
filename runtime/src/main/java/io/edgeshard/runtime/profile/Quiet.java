package io.edgeshard.runtime.profile;

/** When a machine may be measured: while there is nothing else for it to do. Thread-safe. */
public interface Quiet {
  /** A machine that has nothing else to do. */
  Quiet ALWAYS =
      new Quiet() {
        @Override
        public boolean isQuiet() {
          return true;
        }

        @Override
        public void await() {}

        @Override
        public long disturbances() {
          return 0;
        }
      };

  /** Whether there is nothing else to do. */
  boolean isQuiet();

  /**
   * Waits until there is nothing else to do; returns at once when that is so.
   *
   * @throws io.edgeshard.runtime.ModelException when that takes too long, or the caller's thread is
   *     interrupted
   */
  void await();

  /** How often something else has come: what ran while this changed was disturbed. */
  long disturbances();
}
