package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.sse.ReaderPace;

/** Where the events of an answer go; {@link #end} or {@link #refuse} comes last. */
interface AnswerEvents {
  /** Events will follow; {@code source} makes them. */
  void open(ReaderPace source);

  /** One event, a line of JSON. */
  void send(String event);

  /** No more follow. */
  void end();

  /** None will follow, and none came. */
  void refuse(ApiException reason);
}
