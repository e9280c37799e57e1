package io.edgeshard.verticles.pipeline.schedule;

import java.util.stream.IntStream;

/**
 * What steps cost on each stage, as served lately: a line over the rows of decode steps, and the
 * time of a prompt's row. Not thread-safe.
 */
public final class StepCosts {
  /** Before batches of several sizes were seen, each further row is thought to take so much. */
  private static final double USUAL_ROW = 0.3;

  private static final double USUAL_STEP_MS = 1;
  private static final int USUAL_CHUNK_ROWS = 32;
  private static final double KEPT = 0.98;

  private final Line[] decode;
  private final double[] promptRowMs;
  private double hopsMs;

  /** Nothing has been seen yet. */
  public StepCosts(int stages) {
    decode = IntStream.range(0, stages).mapToObj(stage -> new Line()).toArray(Line[]::new);
    promptRowMs = new double[stages];
  }

  /**
   * Adds a step.
   *
   * @param stagesMs what each stage took
   * @param hopsMs what all hops took
   * @param decodeRows in it
   * @param promptRows in it
   */
  public void add(double[] stagesMs, double hopsMs, int decodeRows, int promptRows) {
    for (int stage = 0; stage < decode.length; stage++) {
      if (promptRows == 0) {
        decode[stage].add(decodeRows, stagesMs[stage]);
      } else {
        double decodeMs = decodeRows == 0 ? 0 : decodeMs(stage, decodeRows);
        double rowMs = Math.max(0, stagesMs[stage] - decodeMs) / promptRows;
        promptRowMs[stage] =
            promptRowMs[stage] == 0 ? rowMs : 0.8 * promptRowMs[stage] + 0.2 * rowMs;
      }
    }
    if (promptRows == 0) {
      this.hopsMs = this.hopsMs == 0 ? hopsMs : KEPT * this.hopsMs + (1 - KEPT) * hopsMs;
    }
  }

  /** What a decode step of so many rows takes on a stage. */
  public double decodeMs(int stage, int rows) {
    return decode[stage].at(rows);
  }

  /** What the hops of a decode step take together. */
  public double hopsMs() {
    return hopsMs;
  }

  /** How many rows of a prompt take so many times as long as a decode step, where that is least. */
  int chunkRows(int decodeRows, double times) {
    return IntStream.range(0, decode.length)
        .map(
            stage ->
                promptRowMs[stage] == 0
                    ? USUAL_CHUNK_ROWS
                    : (int) (times * decodeMs(stage, decodeRows) / promptRowMs[stage]))
        .min()
        .orElse(USUAL_CHUNK_ROWS);
  }

  /** Least squares, in which what is older counts less. */
  private static final class Line {
    private double weight;
    private double meanRows;
    private double meanMs;
    private double squares;
    private double products;

    void add(int rows, double ms) {
      weight = KEPT * weight + 1;
      double rowsApart = rows - meanRows;
      meanRows += rowsApart / weight;
      squares = KEPT * squares + rowsApart * (rows - meanRows);
      products = KEPT * products + rowsApart * (ms - meanMs);
      meanMs += (ms - meanMs) / weight;
    }

    double at(int rows) {
      if (weight == 0) {
        return USUAL_STEP_MS * (1 + USUAL_ROW * (rows - 1));
      }
      double slope =
          squares / weight < 0.25
              ? USUAL_ROW * meanMs / (1 + USUAL_ROW * (meanRows - 1))
              : products / squares;
      return Math.max(0.01, meanMs + slope * (rows - meanRows));
    }
  }
}
