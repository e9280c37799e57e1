package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.pipeline.health.StageHealth;
import io.edgeshard.verticles.pipeline.health.StepLimit;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.plan.PlanStages;
import io.edgeshard.verticles.pipeline.plan.StageClient;
import io.edgeshard.verticles.pipeline.request.AnswerText;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.pipeline.schedule.Scheduler;
import io.edgeshard.verticles.pipeline.schedule.Scheduler.Pick;
import io.edgeshard.verticles.pipeline.schedule.StepCosts;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.pipeline.timing.ServingMeter;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.protocol.StepId;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.metrics.GenerationMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
  private Optional<Scheduler> scheduler = Optional.empty();
  private Optional<StepLimit> stepLimit = Optional.empty();
  private final StepsOut out = new StepsOut();
  private int nextStep;
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
    int stages = next.nodes().size();
    scheduler =
        Optional.of(
            new Scheduler(stages, next.workload().prefillChunkTokens(), new StepCosts(stages)));
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
            spec,
            text,
            new StepTimings(current.plan().stages(), source),
            new SequenceRun.Links(this::sendNext, events, ended -> ended(current, ended)),
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
    Optional<ActivePlan> current = inForce(completed.step());
    Optional<StepsOut.Step> step = out.find(completed.step().number());
    if (current.isEmpty() || step.isEmpty()) {
      return;
    }
    long now = nanoClock.getAsLong();
    health.heard(current.get().last(), now);
    steps++;
    stepLimit.ifPresent(limit -> limit.completed(now - step.get().sentNanos()));
    Optional<StepTimes> times =
        StepTimes.of(current.get().plan(), clocks, step.get().sentNanos(), completed.traces(), now);
    times.ifPresent(taken -> note(step.get(), taken));
    meter.alone(sequences.running().size() == 1);
    List<SequenceRun> runs = new ArrayList<>();
    for (StepCompleted.Result result : completed.results()) {
      out.answered(completed.step().number(), result.sequence(), now)
          .ifPresent(
              sent ->
                  sequences
                      .running(result.sequence())
                      .ifPresent(
                          run -> {
                            runs.add(run);
                            guarded(run, () -> run.completed(sent, result.token(), times));
                            measure(run, sent, times);
                          }));
    }
    sendNext();
    runs.forEach(run -> guarded(run, run::report));
  }

  private Optional<ActivePlan> inForce(StepId step) {
    return plan.filter(current -> current.id().equals(step.plan()));
  }

  /** What every step shows: times of stages and hops, and what rows cost. */
  private void note(StepsOut.Step step, StepTimes times) {
    scheduler
        .orElseThrow()
        .served(times.stagesMs(), times.hopsMs(), step.decodeRows(), step.promptRows());
    if (step.promptRows() > 0) {
      return;
    }
    String from = source.value();
    List<NodeId> nodes = plan.orElseThrow().nodes();
    for (int i = 0; i <= nodes.size(); i++) {
      String to = i == nodes.size() ? source.value() : nodes.get(i).value();
      // Clocks that are set right by probes may be a little off: no hop takes less than nothing.
      metrics.hopStep(from, to, Math.max(0, times.hopNanos()[i]));
      if (i < nodes.size()) {
        metrics.stageStep(to, times.stageNanos()[i]);
      }
      from = to;
    }
  }

  /** What one sequence alone shows, to stand beside the plan's prediction for one. */
  private void measure(SequenceRun run, SequenceRun.Sent sent, Optional<StepTimes> times) {
    if (!sent.isPrompt()) {
      times.ifPresent(
          taken -> meter.step(taken.stageNanos(), taken.hopNanos(), sent.endTokens() - 1));
    } else if (sent.samples() && !run.waitedForOthers()) {
      meter.firstToken(run.intakeNanos(), run.promptNanos(), sent.endTokens());
    }
  }

  private static void guarded(SequenceRun run, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException broken) {
      // One broken answer must end, and must not end the others with it.
      run.failed(
          "step_failed",
          "the answer could not be put together: " + broken.getClass().getSimpleName());
    }
  }

  private void failed(StepFailed failed) {
    if (inForce(failed.step()).isPresent()) {
      fail(failed.step(), failed.sequences(), "step_failed", failed.message());
    }
  }

  private void fail(StepId step, List<SequenceId> whose, String code, String message) {
    for (SequenceId sequence : whose) {
      if (out.answered(step.number(), sequence, nanoClock.getAsLong()).isPresent()) {
        sequences.running(sequence).ifPresent(run -> run.failed(code, message));
      }
    }
    sendNext();
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
    out.overdue(nanoClock.getAsLong(), limit.toNanos())
        .forEach(sequence -> sequences.running(sequence).ifPresent(run -> run.lost(limit)));
    sendNext();
  }

  private void startNext(ActivePlan current) {
    sequences.next(current.workload().sequences()).ifPresent(run -> start(current, run));
  }

  private void start(ActivePlan current, SequenceRun run) {
    stages(current)
        .open(run.id(), run.slot(), run.spec())
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                run.begin();
              } else {
                run.failed("not_admitted", NodeFailureException.told(failure));
              }
            });
  }

  /** Sends steps as long as it is better to send than to wait for one that is out. */
  private void sendNext() {
    while (plan.isPresent() && out.count() < scheduler.orElseThrow().credits()) {
      List<Pick<SequenceRun>> picks = scheduler.get().next(sequences.running(), out.decodeCount());
      if (picks.isEmpty()) {
        return;
      }
      send(plan.get(), picks);
    }
  }

  private void send(ActivePlan current, List<Pick<SequenceRun>> picks) {
    StepId step = new StepId(current.id(), nextStep++);
    List<SequenceRun.Rows> rows =
        picks.stream().map(pick -> pick.sequence().take(step.number(), pick.rows())).toList();
    MicroBatch batch =
        MicroBatch.ofTokens(
            step,
            source,
            rows.stream().map(SequenceRun.Rows::span).toList(),
            rows.stream().flatMapToInt(each -> Arrays.stream(each.tokenIds())).toArray());
    out.sent(step.number(), rows, nanoClock.getAsLong());
    stages(current)
        .send(batch)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                fail(step, batch.sequences(), "node_lost", NodeFailureException.told(failure));
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
      sendNext();
    }
  }

  private void endAll(String code, String reason) {
    // Those that wait go first: none of them is to be started in the place of one that ends.
    sequences.waiting().forEach(run -> run.failed(code, reason));
    sequences.running().forEach(run -> run.failed(code, reason));
    // What was out is nobody's any more: it must not count against what others may send.
    out.clear();
  }

  private String silence(NodeId node) {
    return StageHealth.silence(
        node, plan.map(current -> current.layersOf(node)).orElse("no layers now"));
  }
}
