package io.edgeshard.verticles.placement.watch;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.pipeline.timing.ServedPrediction;
import io.edgeshard.verticles.profile.schedule.Measuring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Puts what a plan gives beside what it was predicted to give: tells the owners of nodes and links
 * what traffic showed, and says where the two part. Not thread-safe.
 */
public final class ServingWatch {
  /** What is measured anew and still drifts is a fault of the model, not of the measurement. */
  private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(10);

  private final Supplier<Optional<MeasuredServing>> serving;
  private final Refining refining;
  private final LongSupplier epochMillis;
  private final Drift drift = new Drift();
  private double intakeMs;
  private long refreshedMillis;

  /**
   * A watch that has seen nothing yet.
   *
   * @param serving what the plan in force gave lately
   * @param measuring told what traffic showed
   * @param epochMillis wall clock
   * @param rowBytes of the hidden states of one token
   */
  public ServingWatch(
      Supplier<Optional<MeasuredServing>> serving,
      Measuring measuring,
      LongSupplier epochMillis,
      int rowBytes) {
    this.serving = serving;
    this.refining = new Refining(measuring, rowBytes);
    this.epochMillis = epochMillis;
  }

  /**
   * Looks at the plan in force.
   *
   * @param request what the plan was made for
   * @param refresh called when it is time to measure anew
   * @return the plan, with a note wherever it has drifted
   */
  public Planned look(PlanningRequest request, Planned planned, Runnable refresh) {
    Optional<MeasuredServing> measured =
        serving.get().filter(lately -> lately.planId() == planned.plan().id().value());
    if (measured.isEmpty()) {
      return planned;
    }
    long now = epochMillis.getAsLong();
    if (measured.get().ttftMs() > 0) {
      intakeMs = measured.get().intakeMs();
    }
    refining.look(planned, measured.get(), now);
    List<String> drifted =
        drift.look(ServedPrediction.of(request, planned, measured.get()), measured.get());
    if (drifted.isEmpty()) {
      return planned;
    }
    if (refreshedMillis == 0 || now - refreshedMillis >= REFRESH_INTERVAL.toMillis()) {
      refreshedMillis = now;
      drift.forget();
      refresh.run();
    }
    return new Planned(planned.plan(), withNotes(planned.explanation(), drifted));
  }

  /** What the source lately did for a request besides its tokens; 0 before anything was served. */
  public double intakeMs() {
    return intakeMs;
  }

  private static PlanExplanation withNotes(PlanExplanation why, List<String> drifted) {
    List<String> notes = new ArrayList<>(why.notes());
    notes.removeIf(note -> note.endsWith("for more than a minute"));
    notes.addAll(drifted);
    return new PlanExplanation(
        why.planner(), why.prediction(), why.leftOut(), why.bound(), why.bestSingle(), notes);
  }
}
