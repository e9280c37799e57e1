package io.edgeshard.web.answer;

import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import java.util.List;
import java.util.Optional;

/**
 * How one answer is written in a dialect: every method gives values that are written as JSON. An
 * instance belongs to one answer; its choices come one after another.
 */
public interface AnswerFormat {
  /** The field of the request that holds the prompt. */
  String promptField();

  /** Events that begin a choice. */
  List<Object> opening(int choice);

  /** The event for a part of the prompt that is computed; empty where nobody asked for it. */
  Optional<Object> progress(int choice, PromptProgress progress);

  /** The event for a token that completed some text. */
  Object token(int choice, TokenText token);

  /** The event that ends a choice which is not the last. */
  Object finish(int choice, FinishReason reason);

  /** Events that end the last choice and the answer. */
  List<Object> closing(int choice, FinishReason reason, AnswerTotals totals);

  /** The event that ends every stream that was not broken off. */
  String endOfStream();

  /** The whole answer to a request that wanted no events. */
  Object whole(List<Choice> choices, AnswerTotals totals);

  /**
   * A choice of a whole answer.
   *
   * @param text all of it
   * @param logProbabilities of its tokens; empty when not asked for
   * @param reason why it ended
   */
  record Choice(String text, List<TokenLogProbability> logProbabilities, FinishReason reason) {
    public Choice {
      logProbabilities = List.copyOf(logProbabilities);
    }
  }
}
