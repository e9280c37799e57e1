package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.json.Json;
import io.edgeshard.web.sse.ReaderPace;
import io.edgeshard.web.sse.SseSettings;
import io.edgeshard.web.sse.SseStream;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The events of an answer that is made whether or not somebody reads it just now. Each of any
 * number of readers gets all of them from the first, at a pace of its own. The model's context
 * bounds them. Lives on the event loop of the server.
 */
final class KeptAnswer implements AnswerEvents {
  private final SseSettings settings;
  private final Runnable readersChanged;
  private final List<String> events = new ArrayList<>();
  private final Set<Reader> readers = new LinkedHashSet<>();

  private long characters;
  private boolean opened;
  private boolean over;
  private @Nullable ApiException refusal;

  /**
   * One without events.
   *
   * @param changed called when readers came or went, and when nothing more comes
   */
  KeptAnswer(SseSettings settings, Runnable changed) {
    this.settings = settings;
    this.readersChanged = changed;
  }

  /** Gives it to one more reader, for as long as that one listens. */
  void read(RoutingContext context) {
    Reader reader = new Reader(context);
    readers.add(reader);
    context.addEndHandler(
        ended -> {
          readers.remove(reader);
          readersChanged.run();
        });
    readersChanged.run();
    reader.catchUp();
  }

  /** Of all its events. */
  long characters() {
    return characters;
  }

  boolean hasReaders() {
    return !readers.isEmpty();
  }

  /** Whether nothing more comes. */
  boolean isOver() {
    return over;
  }

  /** Ends it for its readers, with a reason. */
  void breakOff(ApiException reason) {
    if (over) {
      return;
    }
    if (opened) {
      send(Json.write(reason.body()));
      end();
    } else {
      refuse(reason);
    }
  }

  /** Readers wait for it, it waits for none. */
  @Override
  public void open(ReaderPace source) {
    opened = true;
    tellReaders();
  }

  @Override
  public void send(String event) {
    events.add(event);
    characters += event.length();
    tellReaders();
  }

  @Override
  public void end() {
    over = true;
    tellReaders();
    readersChanged.run();
  }

  @Override
  public void refuse(ApiException reason) {
    over = true;
    refusal = reason;
    tellReaders();
    readersChanged.run();
  }

  /** Whoever has got all leaves meanwhile. */
  private void tellReaders() {
    List.copyOf(readers).forEach(Reader::catchUp);
  }

  private final class Reader implements ReaderPace {
    private final RoutingContext context;
    private @Nullable SseStream stream;
    private int next;
    private boolean paused;
    private boolean told;

    Reader(RoutingContext context) {
      this.context = context;
    }

    @Override
    public void pause() {
      paused = true;
    }

    @Override
    public void resume() {
      paused = false;
      catchUp();
    }

    void catchUp() {
      if (told) {
        return;
      }
      if (refusal != null) {
        told = true;
        context.fail(refusal);
      } else if (opened) {
        SseStream open = stream == null ? SseStream.open(context, settings, this) : stream;
        stream = open;
        while (!paused && next < events.size()) {
          open.send(events.get(next++));
        }
        if (over && next == events.size()) {
          told = true;
          open.end();
        }
      }
    }
  }
}
