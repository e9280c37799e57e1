package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.sse.SseSettings;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers under ids that their clients chose, so that a client whose connection broke, or whose
 * page was loaded anew, takes up its answer again. One that is being made ends when nobody reads it
 * for a while; one that is complete is forgotten after as long. They are in this process's memory
 * only. Lives on the event loop of the server.
 */
public final class KeptAnswers {
  /** More are not kept at once, nor more characters of their events. */
  private static final int MOST = 128;

  private static final long MOST_CHARACTERS = 64L << 20;

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final SseSettings settings;
  private final Duration keptFor;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * None yet.
   *
   * @param keptFor how long an answer is kept that nobody reads
   */
  public KeptAnswers(Vertx vertx, SseSettings settings, Duration keptFor) {
    this.vertx = vertx;
    this.settings = settings;
    this.keptFor = keptFor;
  }

  /** Handles {@code GET /v1/answers/{id}}: all its events from the first. */
  public void read(RoutingContext context) {
    entry(context).answer.read(context);
  }

  /** Handles {@code DELETE /v1/answers/{id}}: it ends, for all its readers. */
  public void stop(RoutingContext context) {
    Entry entry = entry(context);
    forget(entry);
    entry.cancel();
    entry.answer.breakOff(
        ApiException.refused(409, "answer_stopped", "The answer was stopped by a client."));
    context.response().setStatusCode(204).end();
  }

  /**
   * Begins one.
   *
   * @param run makes the answer whose events it is given, and gives what ends it
   * @throws ApiException when the id is taken, or too many are kept
   */
  KeptAnswer begin(String id, Function<KeptAnswer, Runnable> run) {
    if (entries.containsKey(id)) {
      throw ApiException.invalid(
          "answer_id",
          "answer_id_taken",
          "expected an answer_id of which this server has no answer, found one it has: choose"
              + " another at random");
    }
    while (entries.size() >= MOST || characters() >= MOST_CHARACTERS) {
      forgetOldest();
    }
    Entry entry = new Entry(id);
    entries.put(id, entry);
    entry.cancellation = run.apply(entry.answer);
    return entry.answer;
  }

  private long characters() {
    return entries.values().stream().mapToLong(entry -> entry.answer.characters()).sum();
  }

  private void forgetOldest() {
    forget(
        entries.values().stream()
            .filter(entry -> entry.answer.isOver())
            .findFirst()
            .orElseThrow(
                () ->
                    ApiException.overloaded(
                        "expected room for one more answer with an answer_id, found too many that"
                            + " are being made")));
  }

  private void forget(Entry entry) {
    entries.remove(entry.id, entry);
    entry.cancelTimer();
  }

  private Entry entry(RoutingContext context) {
    return Optional.ofNullable(entries.get(context.pathParam("id")))
        .orElseThrow(
            () ->
                ApiException.refused(
                    404,
                    "unknown_answer",
                    "expected the answer_id of an answer that is being made, or was within the"
                        + " last "
                        + keptFor.toSeconds()
                        + " s, found another"));
  }

  /** An answer, and how long it is kept. */
  private final class Entry {
    private final String id;
    private final KeptAnswer answer = new KeptAnswer(settings, this::changed);
    private @Nullable Runnable cancellation;
    private long timer = NO_TIMER;

    Entry(String id) {
      this.id = id;
    }

    void cancel() {
      if (cancellation != null) {
        cancellation.run();
      }
    }

    private void changed() {
      cancelTimer();
      if (entries.get(id) == this && (answer.isOver() || !answer.hasReaders())) {
        timer = vertx.setTimer(keptFor.toMillis(), late -> end());
      }
    }

    private void end() {
      forget(this);
      if (!answer.isOver()) {
        cancel();
      }
    }

    void cancelTimer() {
      vertx.cancelTimer(timer);
    }
  }
}
