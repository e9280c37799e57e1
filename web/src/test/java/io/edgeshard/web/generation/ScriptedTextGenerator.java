package io.edgeshard.web.generation;

import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A text generator that says what a test tells it to, when the test tells it to: no timer, no
 * model. Every request becomes a {@link ScriptedGeneration} that waits to be played, by the test or
 * by a player that is set beforehand.
 */
public final class ScriptedTextGenerator implements TextGenerator {
  private static final long PATIENCE_SECONDS = 20;

  private final BlockingQueue<ScriptedGeneration> asked = new LinkedBlockingQueue<>();
  private volatile List<ServedModel> models;
  private volatile @Nullable RuntimeException fault;
  private volatile @Nullable GenerationRefusedException refusal;
  private volatile Predicate<GenerationRequest> refused = request -> true;
  private volatile @Nullable Consumer<ScriptedGeneration> player;

  public ScriptedTextGenerator(ServedModel... models) {
    this.models = List.of(models);
  }

  /** From now on these are served. */
  public void serve(ServedModel... served) {
    models = List.of(served);
  }

  /** From now on every request is refused. */
  public void refuse(Reason reason, String message) {
    refuseIf(request -> true, reason, message);
  }

  /** From now on every such request is refused. */
  public void refuseIf(Predicate<GenerationRequest> which, Reason reason, String message) {
    refused = which;
    refusal = new GenerationRefusedException(reason, message);
  }

  /** From now on every request runs into this. */
  public void breakDown(RuntimeException how) {
    fault = how;
  }

  /** From now on no request is refused. */
  public void admit() {
    refusal = null;
  }

  /** From now on every request is played by this, on the event loop, as soon as it is admitted. */
  public void play(Consumer<ScriptedGeneration> how) {
    player = how;
  }

  /** The next request, in the order they came; waits for it. */
  public ScriptedGeneration next() throws InterruptedException {
    ScriptedGeneration generation = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (generation == null) {
      throw new AssertionError("expected a request, found none");
    }
    return generation;
  }

  /** Whether no request waits to be looked at. */
  public boolean isIdle() {
    return asked.isEmpty();
  }

  @Override
  public List<ServedModel> models() {
    return models;
  }

  @Override
  public Future<Generation> generate(GenerationRequest request, GenerationListener listener) {
    RuntimeException broken = fault;
    if (broken != null) {
      throw broken;
    }
    GenerationRefusedException reason = refusal;
    if (reason != null && refused.test(request)) {
      return Future.failedFuture(reason);
    }
    Context caller = Vertx.currentContext();
    if (caller == null) {
      throw new AssertionError("expected a call from an event loop, found none");
    }
    ScriptedGeneration generation = new ScriptedGeneration(request, listener, caller);
    Consumer<ScriptedGeneration> how = player;
    if (how != null) {
      caller.runOnContext(admitted -> how.accept(generation));
    }
    asked.add(generation);
    return Future.succeededFuture(generation);
  }
}
