package io.edgeshard.verticles.report;

import io.edgeshard.planner.paper.PaperQuestion;
import io.edgeshard.planner.paper.Recomputed;
import io.edgeshard.planner.paper.Recomputed.OutOfMemory;
import io.edgeshard.planner.paper.Recomputed.Reached;
import io.edgeshard.planner.plan.ShardAssignment;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cell of the paper beside what it comes to.
 *
 * @param question which
 * @param column label of its column
 * @param paper what the paper prints; null for out of memory
 * @param published the published algorithm, run again
 * @param ours our planner; null where the method decides nothing
 * @param note what is to be said about it; null for nothing
 */
record ComparedCell(
    PaperQuestion question,
    String column,
    @Nullable Double paper,
    Figure published,
    @Nullable Figure ours,
    @Nullable String note) {
  /**
   * A figure that was computed.
   *
   * @param value null for out of memory
   * @param withoutLimits where memory is missing: what the plan would give all the same; else null
   * @param errorPercent of either against the paper; null where there is nothing to compare
   * @param grade how far it is from the paper: {@code exact}, {@code near}, {@code far}, or {@code
   *     other} where one fits and the other does not
   * @param plan who runs what, or why nothing fits
   */
  record Figure(
      @Nullable Double value,
      @Nullable Double withoutLimits,
      @Nullable Double errorPercent,
      String grade,
      String plan) {
    private static final double EXACT_PERCENT = 5;
    private static final double NEAR_PERCENT = 16;
    private static final double PERCENT = 100;

    static Figure of(Recomputed recomputed, @Nullable Double paper) {
      if (recomputed instanceof OutOfMemory missing) {
        return new Figure(null, null, null, paper == null ? "exact" : "other", missing.reason());
      }
      Reached reached = (Reached) recomputed;
      Double error = error(reached, paper);
      return new Figure(reached.value(), null, error, grade(error), described(reached));
    }

    /** A figure that is out of memory, with what its plan would give if it were not. */
    Figure withoutLimits(Recomputed endless, @Nullable Double paper) {
      return endless instanceof Reached reached
          ? new Figure(null, reached.value(), error(reached, paper), grade, plan)
          : this;
    }

    boolean isGraded(String wanted) {
      return grade.equals(wanted);
    }

    private static @Nullable Double error(Reached reached, @Nullable Double paper) {
      return paper == null ? null : (reached.value() / paper - 1) * PERCENT;
    }

    private static String grade(@Nullable Double errorPercent) {
      if (errorPercent == null) {
        return "other";
      }
      double size = Math.abs(errorPercent);
      return size <= EXACT_PERCENT ? "exact" : size <= NEAR_PERCENT ? "near" : "far";
    }

    /** As in {@code agx-01 4 → agx-02 1 → cloud 27; 2 × 4 sequences}. */
    private static String described(Reached reached) {
      String stages =
          reached.plan().stages().stream().map(Figure::stage).collect(Collectors.joining(" → "));
      return reached.batching().sequences() == 1
          ? stages
          : "%s; %d × %d sequences"
              .formatted(stages, reached.batching().microBatches(), reached.batching().batch());
    }

    private static String stage(ShardAssignment stage) {
      return stage.node() + " " + stage.layers().count();
    }
  }
}
