package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.request.AnswerText;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.protocol.RunStage;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepId;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.Timings;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.generation.GenerationEvent.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sequence from its first prefill chunk to its last token. Not thread-safe.
 *
 * <p>In prefill as many chunks are in flight as there are stages, so that stages overlap; in decode
 * one step is: the next token needs the last one. The next step is on its way before the token's
 * text is looked at, unless a stop string may end the answer with it.
 */
final class SequenceRun {
  private static final Logger LOG = LoggerFactory.getLogger(SequenceRun.class);

  private enum Phase {
    WAITING,
    PREFILL,
    DECODE,
    FINISHED
  }

  private final SequenceId id;
  private final NodeId source;
  private final SequenceSpec spec;
  private final ActivePlan plan;
  private final AnswerText text;
  private final StepTimings timings;
  private final Links links;
  private final LongSupplier nanoClock;
  private final Map<Integer, SentStep> inFlight = new HashMap<>();

  private Phase phase = Phase.WAITING;
  private boolean paused;
  private boolean waited;
  private int nextStep;
  private int sentTokens;
  private int answerTokens;
  private OptionalInt pendingToken = OptionalInt.empty();
  private final long arrivedNanos;
  private long begunNanos;
  private long firstTokenNanos;
  private long lastProgressNanos;

  /** A step that is out: when it was sent, and whether a token is to come back. */
  private record SentStep(long nanos, boolean samples, int endTokens) {}

  /**
   * Where a sequence's doings go.
   *
   * @param send a step into the pipeline
   * @param events to whoever asked
   * @param ended once, after the last event
   */
  record Links(
      Consumer<RunStage> send, Consumer<GenerationEvent> events, Consumer<SequenceRun> ended) {}

  SequenceRun(
      SequenceId id,
      NodeId source,
      SequenceSpec spec,
      ActivePlan plan,
      AnswerText text,
      StepTimings timings,
      Links links,
      LongSupplier nanoClock,
      long arrivedNanos) {
    this.id = id;
    this.source = source;
    this.spec = spec;
    this.plan = plan;
    this.text = text;
    this.timings = timings;
    this.links = links;
    this.nanoClock = nanoClock;
    this.arrivedNanos = arrivedNanos;
    this.lastProgressNanos = nanoClock.getAsLong();
  }

  SequenceId id() {
    return id;
  }

  SequenceSpec spec() {
    return spec;
  }

  /** Nanoseconds since a step came back, 0 while none is out: how late the pipeline is. */
  long overdueNanos() {
    return inFlight.isEmpty() ? 0 : nanoClock.getAsLong() - lastProgressNanos;
  }

  /** Nanoseconds since a step was sent; empty when it is not out. */
  OptionalLong outNanos(int step) {
    SentStep sent = inFlight.get(step);
    return sent == null
        ? OptionalLong.empty()
        : OptionalLong.of(nanoClock.getAsLong() - sent.nanos());
  }

  boolean isFinished() {
    return phase == Phase.FINISHED;
  }

  /** Others are before it: what passes until it begins is not its own time. */
  void waitForOthers() {
    waited = true;
  }

  /** All stages have room: prefill begins. */
  void begin() {
    if (phase != Phase.WAITING) {
      return;
    }
    phase = Phase.PREFILL;
    begunNanos = nanoClock.getAsLong();
    sendChunks();
  }

  void completed(StepCompleted completed) {
    SentStep sent = inFlight.remove(completed.step().number());
    if (sent == null || isFinished()) {
      return;
    }
    lastProgressNanos = nanoClock.getAsLong();
    if (completed.token().isPresent() != sent.samples()) {
      failed(
          "step_failed",
          sent.samples()
              ? "expected the last stage to choose a token, found a step without one"
              : "expected a step of the prompt, found a token before its end");
      return;
    }
    if (phase == Phase.PREFILL) {
      links
          .events()
          .accept(
              new GenerationEvent.PromptProgress(
                  spec.promptIds().length,
                  sent.endTokens(),
                  millis(lastProgressNanos - begunNanos)));
    } else {
      timings.add(sent.nanos(), completed.traces(), lastProgressNanos, sentTokens - 1);
    }
    completed.token().ifPresentOrElse(this::tokenSampled, this::sendChunks);
  }

  /** Ends it with a reason: the one line that the log has of a request that failed. */
  void failed(String code, String message) {
    if (!isFinished()) {
      LOG.warn("event=request-failed sequenceId={} code={} reason=\"{}\"", id, code, message);
    }
    end(new GenerationEvent.Failed(code, message));
  }

  /** Ends it: a step has been out for longer than the limit. */
  void lost(Duration limit) {
    failed(
        "step_lost", "no stage reported the next token within %d s".formatted(limit.toSeconds()));
  }

  /** Ends it without a further event. */
  void cancel() {
    if (!isFinished()) {
      phase = Phase.FINISHED;
      links.ended().accept(this);
    }
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    sendPendingToken();
  }

  private void sendChunks() {
    int[] prompt = spec.promptIds();
    while (sentTokens < prompt.length && inFlight.size() < plan.nodes().size()) {
      int end = Math.min(prompt.length, sentTokens + plan.workload().prefillChunkTokens());
      send(Arrays.copyOfRange(prompt, sentTokens, end), end == prompt.length);
    }
  }

  private void tokenSampled(SampledToken token) {
    answerTokens++;
    if (phase == Phase.PREFILL) {
      phase = Phase.DECODE;
      firstTokenNanos = lastProgressNanos;
      if (!waited) {
        timings.firstToken(
            begunNanos - arrivedNanos, firstTokenNanos - begunNanos, spec.promptIds().length);
      }
    }
    if (spec.endIds().contains(token.id())) {
      text.flush().ifPresent(links.events());
      finish(FinishReason.STOP);
      return;
    }
    boolean isLast = answerTokens == spec.maxNewTokens();
    pendingToken = isLast ? OptionalInt.empty() : OptionalInt.of(token.id());
    if (!text.mayStop()) {
      sendPendingToken();
    }
    Optional<TokenText> completed = text.append(token);
    if (text.stopped()) {
      completed.ifPresent(links.events());
      finish(FinishReason.STOP);
    } else if (isLast) {
      completed.ifPresent(links.events());
      text.flush().ifPresent(links.events());
      finish(FinishReason.LENGTH);
    } else {
      sendPendingToken();
      completed.ifPresent(links.events());
    }
  }

  private void sendPendingToken() {
    if (pendingToken.isPresent() && !paused && !isFinished()) {
      int[] token = {pendingToken.getAsInt()};
      pendingToken = OptionalInt.empty();
      send(token, true);
    }
  }

  private void send(int[] tokenIds, boolean sample) {
    StepId step = new StepId(plan.id(), id, nextStep++);
    long now = nanoClock.getAsLong();
    if (inFlight.isEmpty()) {
      lastProgressNanos = now;
    }
    int position = sentTokens;
    sentTokens += tokenIds.length;
    inFlight.put(step.number(), new SentStep(now, sample, sentTokens));
    links.send().accept(RunStage.ofTokens(step, source, position, tokenIds, sample));
  }

  private void finish(FinishReason reason) {
    end(
        new GenerationEvent.Finished(
            reason,
            new Usage(spec.promptIds().length, answerTokens),
            new Timings(
                millis(begunNanos - arrivedNanos),
                spec.promptIds().length,
                millis(firstTokenNanos - begunNanos),
                answerTokens - 1,
                millis(lastProgressNanos - firstTokenNanos),
                timings.stages(),
                timings.hops())));
  }

  private void end(GenerationEvent event) {
    if (!isFinished()) {
      phase = Phase.FINISHED;
      links.events().accept(event);
      links.ended().accept(this);
    }
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }
}
