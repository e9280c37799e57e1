package io.edgeshard.web.generation;

import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.Finished;
import io.edgeshard.web.generation.GenerationEvent.HopTime;
import io.edgeshard.web.generation.GenerationEvent.StageTime;
import io.edgeshard.web.generation.GenerationEvent.Timings;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.generation.GenerationEvent.Usage;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An answer that a test plays. What is emitted while it is paused waits for {@code resume}; what is
 * emitted after {@code cancel} is dropped. May be played from any thread.
 */
public final class ScriptedGeneration implements Generation {
  private static final int PROMPT_TOKENS = 7;
  private static final long PATIENCE_SECONDS = 20;

  private final GenerationRequest request;
  private final GenerationListener listener;
  private final Context context;
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private final CompletableFuture<Void> firstPause = new CompletableFuture<>();
  private final CompletableFuture<Void> firstResume = new CompletableFuture<>();
  private final AtomicInteger cancels = new AtomicInteger();
  private final AtomicInteger emitted = new AtomicInteger();

  /** These two belong to the event loop. */
  private final Queue<GenerationEvent> held = new ArrayDeque<>();

  private boolean paused;
  private boolean deaf;
  private int tokens;

  ScriptedGeneration(GenerationRequest request, GenerationListener listener, Context context) {
    this.request = request;
    this.listener = listener;
    this.context = context;
  }

  /** What was asked. */
  public GenerationRequest request() {
    return request;
  }

  /** One token for each text. */
  public ScriptedGeneration tokens(String... texts) {
    for (String text : texts) {
      emit(new TokenText(text, List.of()));
    }
    return this;
  }

  /** Whatever event. */
  public ScriptedGeneration emit(GenerationEvent event) {
    context.runOnContext(
        turn -> {
          held.add(event);
          release();
        });
    return this;
  }

  /** The answer is complete; usage counts its tokens and one that ended it. */
  public void finish(FinishReason reason) {
    context.runOnContext(
        turn -> {
          held.add(finished(reason));
          release();
        });
  }

  /** From now on it does not do what {@code pause} asks. */
  public ScriptedGeneration deaf() {
    context.runOnContext(turn -> deaf = true);
    return this;
  }

  /** The answer breaks off. */
  public void fail(String code, String message) {
    emit(new GenerationEvent.Failed(code, message));
  }

  /** Waits until it is cancelled. */
  public void awaitCancel() throws Exception {
    cancelled.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until it is paused for the first time. */
  public void awaitPause() throws Exception {
    firstPause.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until it is resumed for the first time. */
  public void awaitResume() throws Exception {
    firstResume.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Whether it was cancelled. */
  public boolean isCancelled() {
    return cancelled.isDone();
  }

  /** Events that the listener has heard. */
  public int emittedCount() {
    return emitted.get();
  }

  @Override
  public int promptTokens() {
    return PROMPT_TOKENS;
  }

  @Override
  public void cancel() {
    cancels.incrementAndGet();
    held.clear();
    cancelled.complete(null);
  }

  @Override
  public void pause() {
    paused = true;
    firstPause.complete(null);
  }

  @Override
  public void resume() {
    paused = false;
    firstResume.complete(null);
    context.runOnContext(turn -> release());
  }

  private void release() {
    while ((deaf || !paused) && !isCancelled() && !held.isEmpty()) {
      GenerationEvent event = held.remove();
      if (event instanceof TokenText) {
        tokens++;
      }
      emitted.incrementAndGet();
      listener.onEvent(event instanceof Finished finished ? counted(finished) : event);
    }
  }

  private Finished finished(FinishReason reason) {
    return new Finished(
        reason,
        new Usage(PROMPT_TOKENS, 0),
        new Timings(
            1.5,
            PROMPT_TOKENS,
            70,
            0,
            0,
            List.of(new StageTime("one", "[0, 10)", 2), new StageTime("two", "[10, 30)", 4)),
            List.of(
                new HopTime("one", "one", 0.5),
                new HopTime("one", "two", 0.25),
                new HopTime("two", "one", 0.125))));
  }

  /** Ten milliseconds for each token after the first. */
  private Finished counted(Finished finished) {
    Timings timings = finished.timings();
    int decoded = Math.max(0, tokens - 1);
    return new Finished(
        finished.reason(),
        new Usage(PROMPT_TOKENS, tokens + (finished.reason() == FinishReason.STOP ? 1 : 0)),
        new Timings(
            timings.queueMs(),
            timings.promptTokens(),
            timings.promptMs(),
            decoded,
            10.0 * decoded,
            timings.stages(),
            timings.hops()));
  }
}
