package io.edgeshard.web.status;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.json.Json;
import io.edgeshard.web.sse.ReaderPace;
import io.edgeshard.web.sse.SseSettings;
import io.edgeshard.web.sse.SseStream;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handles {@code GET /cluster/events}: the state of the cluster as an event, at once, whenever it
 * has changed, and every five seconds; HEAD gets the head alone. The source is looked at ten times
 * a second, and only while somebody listens; a listener who is behind misses states, not the last
 * one. Lives on one event loop.
 */
public final class ClusterEvents {
  private static final long INTERVAL_MS = 100;
  private static final int LISTENER_LIMIT = 64;

  /** Every five seconds the state is told although it is the same: who hears nothing is cut off. */
  private static final int LOOKS_BETWEEN_REPEATS = 50;

  private final Vertx vertx;
  private final ClusterStatusSource source;
  private final SseSettings settings;
  private final Set<Listener> listeners = new HashSet<>();
  private long timer;
  private long looks;

  public ClusterEvents(Vertx vertx, ClusterStatusSource source, SseSettings settings) {
    this.vertx = vertx;
    this.source = source;
    this.settings = settings;
  }

  /** Takes a listener in. */
  public void handle(RoutingContext context) {
    if (listeners.size() >= LISTENER_LIMIT) {
      throw ApiException.overloaded(
          "expected up to " + LISTENER_LIMIT + " listeners at once, found one more");
    }
    Listener listener = new Listener();
    SseStream stream = SseStream.open(context, settings, listener);
    if (context.request().method().equals(HttpMethod.HEAD)) {
      stream.end();
      return;
    }
    listener.stream = stream;
    listeners.add(listener);
    context.addEndHandler(ended -> leave(listener));
    if (listeners.size() == 1) {
      timer = vertx.setPeriodic(INTERVAL_MS, tick -> look());
    }
    listener.offer(source.status(), false);
  }

  private void leave(Listener listener) {
    if (listeners.remove(listener) && listeners.isEmpty()) {
      vertx.cancelTimer(timer);
    }
  }

  private void look() {
    ClusterStatus status = source.status();
    looks++;
    // a copy, because a listener that is dropped leaves at once
    List.copyOf(listeners)
        .forEach(listener -> listener.offer(status, looks % LOOKS_BETWEEN_REPEATS == 0));
  }

  /** Somebody who listens, and what he heard last. */
  private static final class Listener implements ReaderPace {
    private @Nullable SseStream stream;
    private @Nullable ClusterStatus heard;

    void offer(ClusterStatus status, boolean again) {
      if (stream != null && !stream.isFull() && (again || !status.equals(heard))) {
        heard = status;
        stream.send(Json.write(status));
      }
    }

    @Override
    public void pause() {
      // states are skipped while the stream is full
    }

    @Override
    public void resume() {
      // the next look finds what was missed
    }
  }
}
