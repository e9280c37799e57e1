package io.edgeshard.verticles.placement.watch;

import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.plan.HopPrediction;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.profile.LinkId;
import io.edgeshard.verticles.profile.schedule.Measuring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Puts what a plan gives beside what it was predicted to give: tells the links' owners what traffic
 * showed, and says where the two part. Not thread-safe.
 */
public final class ServingWatch {
  private static final Duration REFINE_INTERVAL = Duration.ofSeconds(5);

  /** What is measured anew and still drifts is a fault of the model, not of the measurement. */
  private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(10);

  private final Supplier<Optional<MeasuredServing>> serving;
  private final Measuring measuring;
  private final LongSupplier epochMillis;
  private final int rowBytes;
  private final Drift drift = new Drift();
  private long refinedMillis;
  private long refinedSteps;
  private long refreshedMillis;

  /**
   * A watch that has seen nothing yet.
   *
   * @param serving what the plan in force gave lately
   * @param measuring told what traffic showed of links
   * @param epochMillis wall clock
   * @param rowBytes of the hidden states of one token
   */
  public ServingWatch(
      Supplier<Optional<MeasuredServing>> serving,
      Measuring measuring,
      LongSupplier epochMillis,
      int rowBytes) {
    this.serving = serving;
    this.measuring = measuring;
    this.epochMillis = epochMillis;
    this.rowBytes = rowBytes;
  }

  /**
   * Looks at the plan in force.
   *
   * @param refresh called when it is time to measure anew
   * @return the plan, with a note wherever it has drifted
   */
  public Planned look(Planned planned, Runnable refresh) {
    Optional<MeasuredServing> measured =
        serving.get().filter(lately -> lately.planId() == planned.plan().id().value());
    if (measured.isEmpty()) {
      return planned;
    }
    long now = epochMillis.getAsLong();
    refine(planned, measured.get(), now);
    List<String> drifted = drift.look(planned.explanation().prediction(), measured.get(), now);
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

  private void refine(Planned planned, MeasuredServing measured, long now) {
    List<HopPrediction> hops = planned.explanation().prediction().hops();
    boolean due =
        now - refinedMillis >= REFINE_INTERVAL.toMillis()
            && measured.steps() != refinedSteps
            && hops.size() == measured.hopDecodeMs().size();
    if (due) {
      refinedMillis = now;
      refinedSteps = measured.steps();
      for (int i = 0; i < hops.size(); i++) {
        HopPrediction hop = hops.get(i);
        // The last brings back a token id.
        int bytes = i == hops.size() - 1 ? Integer.BYTES : rowBytes;
        if (!hop.from().equals(hop.to())) {
          LinkId link = new LinkId(hop.from(), hop.to());
          measuring.seen(link, bytes, measured.hopDecodeMs().get(i));
        }
      }
    }
  }

  private static PlanExplanation withNotes(PlanExplanation why, List<String> drifted) {
    List<String> notes = new ArrayList<>(why.notes());
    notes.removeIf(note -> note.endsWith("for more than a minute"));
    notes.addAll(drifted);
    return new PlanExplanation(
        why.planner(), why.prediction(), why.leftOut(), why.bound(), why.bestSingle(), notes);
  }
}
