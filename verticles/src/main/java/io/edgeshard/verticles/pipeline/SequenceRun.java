package io.edgeshard.verticles.pipeline;

import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.pipeline.request.AnswerText;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.pipeline.schedule.Schedulable;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.SequenceSpan;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.Timings;
import io.edgeshard.web.generation.GenerationEvent.Usage;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sequence from its first prefill chunk to its last token: what is known of it at the source.
 * It knows no plan; what is out of it belongs to whoever sends steps. Not thread-safe.
 *
 * <p>A token's text is looked at when the next step is on its way, unless a stop string may end the
 * answer with it.
 */
final class SequenceRun implements Schedulable {
  private static final Logger LOG = LoggerFactory.getLogger(SequenceRun.class);

  private enum Phase {
    WAITING,
    PREFILL,
    DECODE,
    FINISHED
  }

  private final SequenceId id;
  private final SequenceSpec spec;
  private final AnswerText text;
  private final StepTimings timings;
  private final Links links;
  private final LongSupplier nanoClock;

  private Phase phase = Phase.WAITING;
  private boolean paused;
  private boolean waited;
  private int slot;
  private int lastStep;
  private int sentTokens;
  private int chunksOut;
  private int answerTokens;
  private OptionalInt pendingToken = OptionalInt.empty();
  private Optional<SampledToken> unreported = Optional.empty();
  private final long arrivedNanos;
  private long begunNanos;
  private long firstTokenNanos;
  private long lastProgressNanos;

  /** Rows that are out: tokens up to here, and whether a token is to come back. */
  record Sent(int endTokens, boolean isPrompt, boolean samples) {}

  /** Rows to send. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Rows(SequenceSpan span, int[] tokenIds, Sent sent) {}

  /**
   * Where a sequence's doings go.
   *
   * @param ready when it has something to send that it had not
   * @param events to whoever asked
   * @param ended once, after the last event
   */
  record Links(Runnable ready, Consumer<GenerationEvent> events, Consumer<SequenceRun> ended) {}

  SequenceRun(
      SequenceId id,
      SequenceSpec spec,
      AnswerText text,
      StepTimings timings,
      Links links,
      LongSupplier nanoClock,
      long arrivedNanos) {
    this.id = id;
    this.spec = spec;
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

  int slot() {
    return slot;
  }

  @Override
  public boolean isDecoding() {
    return phase == Phase.DECODE && !paused;
  }

  @Override
  public boolean isReady() {
    return isDecoding() && pendingToken.isPresent();
  }

  @Override
  public int lastStep() {
    return lastStep;
  }

  @Override
  public int promptLeft() {
    return phase == Phase.PREFILL ? spec.promptIds().length - sentTokens : 0;
  }

  @Override
  public int chunksOut() {
    return chunksOut;
  }

  boolean isFinished() {
    return phase == Phase.FINISHED;
  }

  /** Others are before it: what passes until it begins is not its own time. */
  void waitForOthers() {
    waited = true;
  }

  /** It has a slot from now on. */
  void takeSlot(int number) {
    slot = number;
  }

  /** All stages have room: prefill begins. */
  void begin() {
    if (phase == Phase.WAITING) {
      phase = Phase.PREFILL;
      begunNanos = nanoClock.getAsLong();
      links.ready().run();
    }
  }

  /** Takes rows to send: a chunk of the prompt, or the last token. */
  Rows take(int step, int rows) {
    lastStep = step;
    boolean isPrompt = phase == Phase.PREFILL;
    int[] ids =
        isPrompt
            ? Arrays.copyOfRange(spec.promptIds(), sentTokens, sentTokens + rows)
            : new int[] {pendingToken.orElseThrow()};
    int end = sentTokens + ids.length;
    boolean samples = end >= spec.promptIds().length;
    Span span = new Span(slot, sentTokens, ids.length, samples ? 1 : 0);
    sentTokens = end;
    pendingToken = OptionalInt.empty();
    chunksOut += isPrompt ? 1 : 0;
    return new Rows(new SequenceSpan(id, span), ids, new Sent(end, isPrompt, samples));
  }

  /** Rows have passed all stages. */
  void completed(Sent sent, Optional<SampledToken> token, Optional<StepTimes> times) {
    if (isFinished()) {
      return;
    }
    lastProgressNanos = nanoClock.getAsLong();
    if (token.isPresent() != sent.samples()) {
      failed(
          "step_failed",
          sent.samples()
              ? "expected the last stage to choose a token, found a step without one"
              : "expected a step of the prompt, found a token before its end");
      return;
    }
    if (sent.isPrompt()) {
      chunksOut--;
      links
          .events()
          .accept(
              new GenerationEvent.PromptProgress(
                  spec.promptIds().length,
                  sent.endTokens(),
                  millis(lastProgressNanos - begunNanos)));
    } else {
      times.ifPresent(timings::add);
    }
    token.ifPresent(this::tokenSampled);
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
    if (isReady()) {
      links.ready().run();
    }
  }

  /** Whether others were before it. */
  boolean waitedForOthers() {
    return waited;
  }

  private void tokenSampled(SampledToken token) {
    answerTokens++;
    if (phase == Phase.PREFILL) {
      phase = Phase.DECODE;
      firstTokenNanos = lastProgressNanos;
    }
    if (spec.endIds().contains(token.id())) {
      text.flush().ifPresent(links.events());
      finish(FinishReason.STOP);
      return;
    }
    boolean isLast = answerTokens == spec.maxNewTokens();
    pendingToken = isLast ? OptionalInt.empty() : OptionalInt.of(token.id());
    unreported = Optional.of(token);
    if (isLast || text.mayStop()) {
      report();
    }
  }

  /** Reports the text of what came last, if that was left for later. */
  void report() {
    Optional<SampledToken> token = unreported;
    unreported = Optional.empty();
    if (token.isPresent() && !isFinished()) {
      text.append(token.get()).ifPresent(links.events());
      if (text.stopped()) {
        finish(FinishReason.STOP);
      } else if (answerTokens == spec.maxNewTokens()) {
        text.flush().ifPresent(links.events());
        finish(FinishReason.LENGTH);
      }
    }
  }

  /** From arrival to the first chunk. */
  long intakeNanos() {
    return begunNanos - arrivedNanos;
  }

  /** From the first chunk to the first token. */
  long promptNanos() {
    return firstTokenNanos - begunNanos;
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
