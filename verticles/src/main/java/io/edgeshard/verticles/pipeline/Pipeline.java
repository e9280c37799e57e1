package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.pipeline.health.StageHealth;
import io.edgeshard.verticles.pipeline.health.StepLimit;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.plan.PlanStages;
import io.edgeshard.verticles.pipeline.plan.StageClient;
import io.edgeshard.verticles.pipeline.request.AnswerText;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.pipeline.timing.ServingMeter;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.RunStage;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.metrics.GenerationMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sequences of one source under the plan in force. Not thread-safe: one event loop.
 *
 * <p>Keeps places for requests, runs as many as the plan promises, lets a bounded number wait,
 * follows each until it ends, and ends all with a clear word when a stage is lost.
 */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final NodeId source;
  private final StageClient client;
  private final GenerationMetrics metrics;
  private final LongSupplier nanoClock;
  private final ClockOffsets clocks = new ClockOffsets();
  private final ServingMeter meter = new ServingMeter();
  private final StageHealth health = new StageHealth();
  private final Sequences sequences;
  private final HeldRequests held;
  private boolean isChanging;
  private Optional<ActivePlan> plan = Optional.empty();
  private Optional<StepLimit> stepLimit = Optional.empty();
  private String notReadyReason = "the cluster is starting";
  private long steps;

  Pipeline(
      NodeId source,
      int queueLimit,
      StageClient client,
      GenerationMetrics metrics,
      LongSupplier nanoClock) {
    this.source = source;
    this.sequences = new Sequences(queueLimit);
    this.held = new HeldRequests(Math.max(1, queueLimit));
    this.client = client;
    this.metrics = metrics;
    this.nanoClock = nanoClock;
  }

  /** Puts a plan in force that is loaded on all its nodes. */
  void activate(ActivePlan next) {
    plan = Optional.of(next);
    meter.begin(next.id().value());
    stepLimit = Optional.of(new StepLimit(next.workload()));
    health.watch(next.nodes(), nanoClock.getAsLong());
    LOG.info("event=plan-active planId={} stages={}", next.id(), next.nodes());
  }

  /** Takes the plan out of force; what runs ends with the reason. */
  void deactivate(String reason) {
    takeOut(reason);
    isChanging = false;
    held.refuse(reason);
  }

  /** Takes the plan out of force for another that is to come: requests wait for it. */
  void change(String reason) {
    takeOut(reason);
    isChanging = true;
  }

  /** The plan in force has been checked: requests need not wait any more. */
  void open() {
    isChanging = false;
    held.admit(this::reserve);
  }

  private void takeOut(String reason) {
    plan = Optional.empty();
    notReadyReason = reason;
    health.watch(List.of(), nanoClock.getAsLong());
    endAll("node_lost", reason);
  }

  /** Why no request would be answered now; empty when it would. */
  Optional<String> notReadyReason() {
    return plan.isEmpty()
        ? Optional.of(notReadyReason)
        : health.silent(nanoClock.getAsLong()).map(this::silence);
  }

  /** Whether nothing runs, waits or is being encoded; may be asked by any thread. */
  boolean isIdle() {
    return sequences.isIdle();
  }

  /** What the plan in force gave lately; may be asked by any thread. */
  Optional<MeasuredServing> measured() {
    return meter.measured();
  }

  Optional<ActivePlan> plan() {
    return plan;
  }

  int activeCount() {
    return sequences.running().size();
  }

  int waitingCount() {
    return sequences.waiting().size();
  }

  PipelineState state() {
    return new PipelineState(
        notReadyReason(),
        steps,
        health.silent(nanoClock.getAsLong()),
        health.residentBytes(),
        measured());
  }

  /**
   * A place for a request that is yet to be encoded: at once, or when the plan that is to come is
   * in force; fails with {@link GenerationRefusedException} when there is none.
   */
  CompletionStage<Place> place() {
    if (isChanging) {
      return held.hold(nanoClock.getAsLong());
    }
    try {
      return CompletableFuture.completedFuture(reserve());
    } catch (GenerationRefusedException none) {
      return CompletableFuture.failedFuture(none);
    }
  }

  /**
   * Keeps a place for a request that is yet to be encoded.
   *
   * @throws GenerationRefusedException when there is none
   */
  Place reserve() {
    return sequences.reserve(planInForce().workload().sequences(), nanoClock.getAsLong());
  }

  /**
   * Admits a sequence in the place that was kept for it.
   *
   * @throws GenerationRefusedException when no plan is in force any more
   */
  SequenceRun submit(
      Place place, SequenceSpec spec, AnswerText text, Consumer<GenerationEvent> events) {
    if (!place.isKept()) {
      throw new IllegalStateException("expected a place that is kept, found one given up");
    }
    ActivePlan current = planInForce();
    SequenceRun run =
        new SequenceRun(
            SequenceId.random(),
            source,
            spec,
            current,
            text,
            new StepTimings(current.plan(), source, clocks, metrics, meter),
            new SequenceRun.Links(
                step -> send(current, step), events, ended -> ended(current, ended)),
            nanoClock,
            place.keptNanos());
    sequences.add(run);
    place.close();
    startNext(current);
    if (sequences.waiting().contains(run)) {
      run.waitForOthers();
    }
    return run;
  }

  private ActivePlan planInForce() {
    notReadyReason()
        .ifPresent(
            reason -> {
              throw new GenerationRefusedException(Reason.NOT_READY, reason);
            });
    return plan.orElseThrow();
  }

  /** Hears what a stage says of a step. */
  void hear(ProtocolMessage word) {
    if (word instanceof StepCompleted completed) {
      completed(completed);
    } else if (word instanceof StepFailed failed) {
      failed(failed);
    } else {
      LOG.warn("event=message-refused reason=\"expected word of a step, found {}\"", word);
    }
  }

  private void completed(StepCompleted completed) {
    plan.filter(current -> current.id().equals(completed.step().plan()))
        .ifPresent(
            current -> {
              health.heard(current.last(), nanoClock.getAsLong());
              steps++;
              sequences
                  .running(completed.step().sequence())
                  .ifPresent(run -> completed(run, completed));
            });
  }

  private void completed(SequenceRun run, StepCompleted completed) {
    stepLimit.ifPresent(
        limit -> run.outNanos(completed.step().number()).ifPresent(limit::completed));
    meter.alone(sequences.running().size() == 1);
    try {
      run.completed(completed);
    } catch (RuntimeException broken) {
      // One broken answer must end, and must not end the others with it.
      run.failed(
          "step_failed",
          "the answer could not be put together: " + broken.getClass().getSimpleName());
    }
  }

  private void failed(StepFailed failed) {
    sequences
        .running(failed.step().sequence())
        .ifPresent(run -> run.failed("step_failed", failed.message()));
  }

  /** Notes the answer to a probe; times by our clock. */
  void probed(NodeId node, long askedNanos, ProbeAnswer answer) {
    long now = nanoClock.getAsLong();
    health.answered(node, answer, now);
    metrics.kvCacheBytes(node.value(), answer.kvCacheBytes());
    if (!node.equals(source)) {
      clocks.probed(node, askedNanos, now, answer.clockNanos());
    }
  }

  /** Looks for what is silent or late; called about once a second. */
  void tick() {
    long now = nanoClock.getAsLong();
    held.expire(now, notReadyReason);
    if (!health.stoodStill(now)) {
      health.silent(now).ifPresent(node -> endAll("node_lost", silence(node)));
      stepLimit.ifPresent(limit -> endOverdue(limit.get()));
    }
  }

  private void endOverdue(Duration limit) {
    sequences.running().stream()
        .filter(run -> run.overdueNanos() > limit.toNanos())
        .forEach(run -> run.lost(limit));
  }

  private void startNext(ActivePlan current) {
    sequences.next(current.workload().sequences()).ifPresent(run -> start(current, run));
  }

  private void start(ActivePlan current, SequenceRun run) {
    stages(current)
        .open(run.id(), run.spec())
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                run.begin();
              } else {
                run.failed("not_admitted", NodeFailureException.told(failure));
              }
            });
  }

  private void send(ActivePlan current, RunStage step) {
    stages(current)
        .send(step)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                sequences
                    .running(step.step().sequence())
                    .ifPresent(run -> run.failed("node_lost", NodeFailureException.told(failure)));
              }
            });
  }

  private PlanStages stages(ActivePlan current) {
    return new PlanStages(current, source, client);
  }

  private void ended(ActivePlan current, SequenceRun run) {
    if (sequences.remove(run)) {
      stages(current).release(run.id());
      plan.filter(next -> next.id().equals(current.id())).ifPresent(this::startNext);
    }
  }

  private void endAll(String code, String reason) {
    // Those that wait go first: none of them is to be started in the place of one that ends.
    sequences.waiting().forEach(run -> run.failed(code, reason));
    sequences.running().forEach(run -> run.failed(code, reason));
  }

  private String silence(NodeId node) {
    return StageHealth.silence(
        node, plan.map(current -> current.layersOf(node)).orElse("no layers now"));
  }
}
