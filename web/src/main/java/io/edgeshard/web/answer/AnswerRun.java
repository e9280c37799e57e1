package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.Generation;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationEvent.Failed;
import io.edgeshard.web.generation.GenerationEvent.Finished;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.TextGenerator;
import io.edgeshard.web.metrics.AnswerMeter;
import io.edgeshard.web.sse.ReaderPace;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer being made: its prompts are generated one after another, so that a request with many
 * takes no more of the cluster than a request with one. Lives on the event loop of its request.
 */
final class AnswerRun implements ReaderPace {
  private final TextGenerator generator;
  private final List<GenerationRequest> prompts;
  private final String promptField;
  private final AnswerSink sink;
  private final AnswerMeter meter;

  private int choice;
  private @Nullable Generation current;
  private @Nullable AnswerTotals totals;
  private boolean paused;
  private boolean over;

  AnswerRun(
      TextGenerator generator,
      List<GenerationRequest> prompts,
      String promptField,
      AnswerSink sink,
      AnswerMeter meter) {
    this.generator = generator;
    this.prompts = prompts;
    this.promptField = promptField;
    this.sink = sink;
    this.meter = meter;
  }

  /** Begins with the first prompt. */
  void start() {
    int asked = choice;
    Future<Generation> admission;
    try {
      admission = generator.generate(prompts.get(asked), event -> hear(asked, event));
    } catch (RuntimeException e) {
      admission = Future.failedFuture(e);
    }
    admission.onSuccess(this::admitted).onFailure(this::refused);
  }

  /** Ends it without another word, because nobody listens any more. */
  void cancel() {
    if (!over) {
      over = true;
      meter.cancelled();
      cancelCurrent();
    }
  }

  @Override
  public void pause() {
    paused = true;
    if (current != null) {
      current.pause();
    }
  }

  @Override
  public void resume() {
    paused = false;
    if (current != null) {
      current.resume();
    }
  }

  private void admitted(Generation generation) {
    current = generation;
    if (over) {
      cancelCurrent();
      return;
    }
    guarded(() -> sink.admitted(choice, this));
    if (paused) {
      generation.pause();
    }
  }

  private void refused(Throwable cause) {
    fail(Failures.refused(cause, promptField), "refused");
  }

  private void hear(int asked, GenerationEvent event) {
    if (!over && asked == choice) {
      guarded(() -> act(event));
    }
  }

  private void act(GenerationEvent event) {
    if (event instanceof TokenText token) {
      meter.text();
      sink.token(choice, token);
    } else if (event instanceof PromptProgress progress) {
      sink.progress(choice, progress);
    } else if (event instanceof Finished finished) {
      finished(finished);
    } else if (event instanceof Failed failed) {
      fail(Failures.brokenOff(failed), "failed");
    }
  }

  private void finished(Finished finished) {
    meter.finished(finished);
    current = null;
    AnswerTotals latest = new AnswerTotals(finished.usage(), finished.timings());
    AnswerTotals sum = totals == null ? latest : totals.plus(latest);
    totals = sum;
    int answered = choice;
    choice++;
    if (choice < prompts.size()) {
      sink.finished(answered, finished.reason());
      start();
    } else {
      over = true;
      meter.completed();
      sink.completed(answered, finished.reason(), sum);
    }
  }

  private void fail(ApiException failure, String outcome) {
    if (!over) {
      over = true;
      meter.failed(outcome);
      cancelCurrent();
      sink.failed(failure);
    }
  }

  /** A fault of ours ends this answer, even one that was complete, and no other. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      ApiException failure = Failures.unexpected(e);
      if (over) {
        sink.failed(failure);
      } else {
        fail(failure, "failed");
      }
    }
  }

  private void cancelCurrent() {
    if (current != null) {
      current.cancel();
    }
  }
}
