package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.NodeId;
import io.edgeshard.runtime.kvcache.SequenceId;
import io.edgeshard.verticles.pipeline.health.StageHealth;
import io.edgeshard.verticles.pipeline.health.StepLimit;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.RunStage;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.metrics.GenerationMetrics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * <p>Admits as many sequences as the plan promises, lets a bounded number wait, follows each until
 * it ends, and ends all with a clear word when a stage is lost.
 */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  /** Ticks come once a second; after a longer pause this process was frozen itself. */
  private static final Duration STAND_STILL = Duration.ofSeconds(3);

  private final NodeId source;
  private final int queueLimit;
  private final StageClient stages;
  private final GenerationMetrics metrics;
  private final LongSupplier nanoClock;
  private final ClockOffsets clocks = new ClockOffsets();
  private final StageHealth health = new StageHealth();
  private final Map<SequenceId, SequenceRun> active = new HashMap<>();
  private final Deque<SequenceRun> waiting = new ArrayDeque<>();
  private Optional<ActivePlan> plan = Optional.empty();
  private Optional<StepLimit> stepLimit = Optional.empty();
  private String notReadyReason = "the cluster is starting";
  private long steps;
  private long lastTickNanos;
  private volatile boolean idle = true;

  Pipeline(
      NodeId source,
      int queueLimit,
      StageClient stages,
      GenerationMetrics metrics,
      LongSupplier nanoClock) {
    this.source = source;
    this.queueLimit = queueLimit;
    this.stages = stages;
    this.metrics = metrics;
    this.nanoClock = nanoClock;
  }

  /** Puts a plan in force that is loaded on all its nodes. */
  void activate(ActivePlan next) {
    plan = Optional.of(next);
    stepLimit = Optional.of(new StepLimit(next.workload()));
    health.watch(next.nodes(), nanoClock.getAsLong());
    LOG.info("event=plan-active planId={} stages={}", next.id(), next.nodes());
  }

  /** Takes the plan out of force; what runs ends with the reason. */
  void deactivate(String reason) {
    plan = Optional.empty();
    notReadyReason = reason;
    endAll("node_lost", reason);
  }

  /** Why no request would be answered now; empty when it would. */
  Optional<String> notReadyReason() {
    return plan.isEmpty()
        ? Optional.of(notReadyReason)
        : health.silent(nanoClock.getAsLong()).map(this::silence);
  }

  /** Whether nothing runs or waits; may be asked by any thread. */
  boolean isIdle() {
    return idle;
  }

  Optional<ActivePlan> plan() {
    return plan;
  }

  int activeCount() {
    return active.size();
  }

  int waitingCount() {
    return waiting.size();
  }

  PipelineState state() {
    Map<NodeId, Long> resident = new HashMap<>();
    plan.stream()
        .flatMap(current -> current.nodes().stream())
        .forEach(
            node ->
                health
                    .latest(node)
                    .ifPresent(answer -> resident.put(node, answer.residentBytes())));
    return new PipelineState(
        notReadyReason(), steps, health.silent(nanoClock.getAsLong()), resident);
  }

  /**
   * Admits a sequence.
   *
   * @throws GenerationRefusedException when it is not admitted
   */
  SequenceRun submit(SequenceSpec spec, AnswerText text, Consumer<GenerationEvent> events) {
    notReadyReason()
        .ifPresent(
            reason -> {
              throw new GenerationRefusedException(Reason.NOT_READY, reason);
            });
    ActivePlan current = plan.orElseThrow();
    boolean startNow = active.size() < current.workload().sequences();
    if (!startNow && waiting.size() >= queueLimit) {
      throw new GenerationRefusedException(
          Reason.OVERLOADED,
          "expected at most %d requests at once and %d waiting, found more: ask again later"
              .formatted(current.workload().sequences(), queueLimit));
    }
    SequenceRun run =
        new SequenceRun(
            SequenceId.random(),
            source,
            spec,
            current,
            text,
            new StepTimings(current.plan(), source, clocks, metrics),
            new SequenceRun.Links(
                step -> send(current, step), events, ended -> ended(current, ended)),
            nanoClock);
    idle = false;
    if (startNow) {
      start(current, run);
    } else {
      waiting.add(run);
    }
    return run;
  }

  void completed(StepCompleted completed) {
    plan.filter(current -> current.id().equals(completed.step().plan()))
        .ifPresent(
            current -> {
              health.heard(current.last(), nanoClock.getAsLong());
              steps++;
              stepLimit.ifPresent(limit -> limit.completed(completed.traces()));
              Optional.ofNullable(active.get(completed.step().sequence()))
                  .ifPresent(run -> completed(run, completed));
            });
  }

  private static void completed(SequenceRun run, StepCompleted completed) {
    try {
      run.completed(completed);
    } catch (RuntimeException broken) {
      // One broken answer must end, and must not end the others with it.
      LOG.warn("event=answer-broken sequenceId={} cause={}", run.id(), broken.getClass().getName());
      run.failed("step_failed", "the answer could not be put together");
    }
  }

  void failed(StepFailed failed) {
    Optional.ofNullable(active.get(failed.step().sequence()))
        .ifPresent(
            run -> {
              LOG.warn(
                  "event=step-failed sequenceId={} node={} code={} reason=\"{}\"",
                  run.id(),
                  failed.node(),
                  failed.code(),
                  failed.message());
              run.failed("step_failed", failed.message());
            });
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
    boolean stoodStill = now - lastTickNanos > STAND_STILL.toNanos();
    lastTickNanos = now;
    if (stoodStill) {
      // It was this process that stood still: what the stages said meanwhile is yet to be read.
      plan.ifPresent(current -> health.watch(current.nodes(), now));
      return;
    }
    health.silent(now).ifPresent(node -> endAll("node_lost", silence(node)));
    stepLimit.ifPresent(limit -> endOverdue(limit.get()));
  }

  private void endOverdue(Duration limit) {
    List.copyOf(active.values()).stream()
        .filter(run -> run.overdueNanos() > limit.toNanos())
        .forEach(
            run -> {
              LOG.warn("event=step-lost sequenceId={} limit={}", run.id(), limit);
              run.failed(
                  "step_lost",
                  "no stage reported the next token within %d s".formatted(limit.toSeconds()));
            });
  }

  private void start(ActivePlan current, SequenceRun run) {
    active.put(run.id(), run);
    CompletableFuture<?>[] opened =
        current.plan().stages().stream()
            .map(
                stage ->
                    stages.open(stage.node(), current.opening(stage, source, run.id(), run.spec())))
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new);
    CompletionStage<Void> allOpened = CompletableFuture.allOf(opened);
    allOpened.whenComplete(
        (done, failure) -> {
          if (failure == null) {
            run.begin();
          } else {
            run.failed("not_admitted", rootMessage(failure));
          }
        });
  }

  private void send(ActivePlan current, RunStage step) {
    stages
        .run(current.first(), step)
        .whenComplete(
            (done, failure) -> {
              SequenceRun run = active.get(step.step().sequence());
              if (failure != null && run != null) {
                LOG.warn(
                    "event=step-not-sent sequenceId={} node={} reason=\"{}\"",
                    run.id(),
                    current.first(),
                    rootMessage(failure));
                run.failed("node_lost", "cannot reach " + current.first());
              }
            });
  }

  private void ended(ActivePlan current, SequenceRun run) {
    waiting.remove(run);
    if (active.remove(run.id()) != null) {
      ReleaseSequence release = new ReleaseSequence(current.id(), run.id());
      current.nodes().forEach(node -> stages.release(node, release));
      plan.filter(
              next -> next.id().equals(current.id()) && active.size() < next.workload().sequences())
          .flatMap(next -> Optional.ofNullable(waiting.poll()))
          .ifPresent(next -> start(current, next));
    }
    idle = active.isEmpty() && waiting.isEmpty();
  }

  private void endAll(String code, String reason) {
    // Those that wait go first: none of them is to be started in the place of one that ends.
    List.copyOf(waiting).forEach(run -> run.failed(code, reason));
    List.copyOf(active.values()).forEach(run -> run.failed(code, reason));
  }

  private String silence(NodeId node) {
    return "node %s, which runs %s, has not answered for more than %d s"
        .formatted(
            node,
            plan.map(current -> current.layersOf(node)).orElse("no layers now"),
            StageHealth.SILENCE.toSeconds());
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
