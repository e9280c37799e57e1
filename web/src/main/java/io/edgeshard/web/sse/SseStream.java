package io.edgeshard.web.sse;

import io.edgeshard.web.guard.Connections;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;

/**
 * A stream of server-sent events to one reader. Lives on the event loop of its request.
 *
 * <p>Vert.x accepts writes without limit, so the stream watches the write queue itself: when it is
 * full the source is paused, and a reader that does not empty it in time is dropped by closing its
 * connection, which whoever listens to the end of the routing context hears.
 */
public final class SseStream {
  private static final Buffer HEARTBEAT = Buffer.buffer(":\n\n");
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final RoutingContext context;
  private final HttpServerResponse response;
  private final SseSettings settings;
  private final ReaderPace source;

  private long heartbeatTimer = NO_TIMER;
  private long stallTimer = NO_TIMER;
  private long lastWriteNanos;
  private long pendingBytes;
  private boolean full;
  private boolean closed;

  private SseStream(RoutingContext context, SseSettings settings, ReaderPace source) {
    this.vertx = context.vertx();
    this.context = context;
    this.response = context.response();
    this.settings = settings;
    this.source = source;
  }

  /** Sends the head of the answer; events may follow. */
  public static SseStream open(RoutingContext context, SseSettings settings, ReaderPace source) {
    SseStream stream = new SseStream(context, settings, source);
    context.addEndHandler(ended -> stream.close());
    stream
        .response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .putHeader("X-Accel-Buffering", "no")
        .drainHandler(drained -> stream.drained());
    stream.sendHead();
    stream.lastWriteNanos = System.nanoTime();
    stream.beatAfter(settings.heartbeat().toMillis());
    return stream;
  }

  /** An HTTP/1.0 reader gets no chunks: his answer ends with the connection. */
  private void sendHead() {
    if (context.request().version() != HttpVersion.HTTP_1_0) {
      response.setChunked(true).writeHead();
    }
  }

  /**
   * Sends one event.
   *
   * @param data one line: no line feed, no carriage return
   */
  public void send(String data) {
    write(
        Buffer.buffer(data.length() + 8)
            .appendString("data: ")
            .appendString(data)
            .appendString("\n\n"));
  }

  /** Whether the reader is behind, so that what can wait should. */
  public boolean isFull() {
    return full;
  }

  /** Ends the stream after what was sent. */
  public void end() {
    if (!closed) {
      close();
      response.end();
    }
  }

  private void write(Buffer bytes) {
    if (closed) {
      return;
    }
    lastWriteNanos = System.nanoTime();
    response.write(bytes);
    if (full) {
      pendingBytes += bytes.length();
      if (pendingBytes > settings.pendingLimitBytes()) {
        drop();
      }
    } else if (response.writeQueueFull()) {
      full = true;
      pendingBytes = 0;
      stallTimer = vertx.setTimer(settings.stallLimit().toMillis(), late -> drop());
      source.pause();
    }
  }

  private void drained() {
    if (full && !closed) {
      full = false;
      vertx.cancelTimer(stallTimer);
      source.resume();
    }
  }

  private void beatAfter(long delayMs) {
    heartbeatTimer = vertx.setTimer(Math.max(1, delayMs), due -> beat());
  }

  private void beat() {
    long heartbeatMs = settings.heartbeat().toMillis();
    long quietMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastWriteNanos);
    if (full || quietMs < heartbeatMs) {
      beatAfter(full ? heartbeatMs : heartbeatMs - quietMs);
    } else {
      write(HEARTBEAT);
      beatAfter(heartbeatMs);
    }
  }

  private void drop() {
    close();
    Connections.drop(context.request().connection());
  }

  private void close() {
    if (!closed) {
      closed = true;
      vertx.cancelTimer(heartbeatTimer);
      vertx.cancelTimer(stallTimer);
    }
  }
}
