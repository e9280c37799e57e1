package io.edgeshard.planner.paper;

/**
 * One cell of the paper's tables and figures.
 *
 * @param model its name in the catalogue
 * @param source the source's device in the catalogue
 * @param cloudMegabits rate of the link between source and cloud, in Mbit/s
 * @param metric what is measured
 * @param method how the model is placed
 */
public record PaperQuestion(
    String model, String source, double cloudMegabits, PaperMetric metric, PaperMethod method) {
  /** The same for another method. */
  public PaperQuestion withMethod(PaperMethod other) {
    return new PaperQuestion(model, source, cloudMegabits, metric, other);
  }

  /** The same for another metric. */
  public PaperQuestion withMetric(PaperMetric other) {
    return new PaperQuestion(model, source, cloudMegabits, other, method);
  }
}
