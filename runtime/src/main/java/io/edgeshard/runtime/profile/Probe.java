package io.edgeshard.runtime.profile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A step that is run again and again, and how long it took: a mean for each round. */
final class Probe {
  private final int layers;
  private final int rows;
  private final int contextTokens;
  private final Runnable step;
  private final List<Double> roundsMs = new ArrayList<>();
  private double lastMs;
  private double roundMs;
  private int roundRuns;
  private int runs;

  /** Of so many layers, rows and tokens of context. */
  Probe(int layers, int rows, int contextTokens, Runnable step) {
    this.layers = layers;
    this.rows = rows;
    this.contextTokens = contextTokens;
    this.step = step;
  }

  int layers() {
    return layers;
  }

  int rows() {
    return rows;
  }

  int contextTokens() {
    return contextTokens;
  }

  /** Runs without counting; also what {@link #lastMs} says then. */
  void warm(Deadline deadline) {
    lastMs = deadline.time(step);
  }

  /** Runs, and counts unless something else came meanwhile. */
  void run(Deadline deadline) {
    double ms = deadline.time(step);
    if (deadline.wasQuiet()) {
      lastMs = ms;
      roundMs += ms;
      roundRuns++;
      runs++;
    }
  }

  /** What the last run took. */
  double lastMs() {
    return lastMs;
  }

  /** Makes one value of the runs since the round before, if there were any. */
  void endRound() {
    if (roundRuns > 0) {
      roundsMs.add(roundMs / roundRuns);
    }
    roundMs = 0;
    roundRuns = 0;
  }

  boolean isMeasured() {
    return runs > 0;
  }

  /** The middle round. */
  double medianMs() {
    List<Double> sorted = roundsMs.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /**
   * What was measured, as one of a part.
   *
   * @param besidesMs what of each run belongs to other parts
   */
  Measurement as(Part part, double besidesMs) {
    int parts = Math.max(1, layers);
    return new Measurement(
        part,
        rows,
        contextTokens,
        Math.max(0, medianMs() - besidesMs) / parts,
        Math.max(0, Collections.min(roundsMs) - besidesMs) / parts,
        Math.max(0, Collections.max(roundsMs) - besidesMs) / parts,
        runs);
  }
}
