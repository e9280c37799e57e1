package io.edgeshard.verticles.report.printed;

import io.edgeshard.planner.paper.PaperMethod;
import io.edgeshard.planner.paper.PaperMetric;
import io.edgeshard.planner.paper.PaperQuestion;
import org.jspecify.annotations.Nullable;

/**
 * A cell as the paper prints it.
 *
 * @param model in the catalogue
 * @param source device of the source in the catalogue
 * @param cloudMegabits rate of the link between source and cloud, in Mbit/s
 * @param metric what is measured
 * @param method how the model is placed
 * @param value ms per token or tokens per second; null for out of memory
 * @param note why it cannot be reproduced, where that is known
 */
public record PrintedCell(
    String model,
    String source,
    double cloudMegabits,
    PaperMetric metric,
    PaperMethod method,
    @Nullable Double value,
    @Nullable String note) {
  public PaperQuestion question() {
    return new PaperQuestion(model, source, cloudMegabits, metric, method);
  }
}
