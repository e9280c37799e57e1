package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import io.edgeshard.web.sse.ReaderPace;

/** Where an answer goes; {@link #completed} or {@link #failed} comes last. */
interface AnswerSink {
  /** A choice will be answered; {@code source} makes it. */
  void admitted(int choice, ReaderPace source);

  /** A part of its prompt is computed. */
  void progress(int choice, PromptProgress progress);

  /** Some text of it. */
  void token(int choice, TokenText token);

  /** It is complete, and another follows. */
  void finished(int choice, FinishReason reason);

  /** It is complete, and it was the last. */
  void completed(int choice, FinishReason reason, AnswerTotals totals);

  /** Nothing more comes. */
  void failed(ApiException failure);
}
