package io.edgeshard.web.generation;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What is to be answered, in no dialect.
 *
 * @param model one of {@link TextGenerator#models()}
 * @param prompt what comes before the answer
 * @param maxNewTokens the most tokens of the answer; empty means as many as the context holds
 * @param stop up to four strings that end the answer and are not part of it
 * @param ignoreEndOfAnswer whether the model may not end the answer by itself
 * @param sampling how tokens are chosen
 */
public record GenerationRequest(
    String model,
    Prompt prompt,
    OptionalInt maxNewTokens,
    List<String> stop,
    boolean ignoreEndOfAnswer,
    Sampling sampling) {
  public GenerationRequest {
    stop = List.copyOf(stop);
  }

  /** What comes before the answer. */
  public sealed interface Prompt {}

  /**
   * A conversation, to be put through the model's chat template.
   *
   * @param messages at least one
   * @param continuesLast whether the last message is the beginning of the answer
   */
  public record Chat(List<Message> messages, boolean continuesLast) implements Prompt {
    public Chat {
      messages = List.copyOf(messages);
    }

    /** A conversation whose answer is to be a message of its own. */
    public Chat(List<Message> messages) {
      this(messages, false);
    }
  }

  /**
   * One message of a conversation.
   *
   * @param role {@code system}, {@code user}, {@code assistant}, …
   * @param text its content
   */
  public record Message(String role, String text) {}

  /**
   * Text to be continued as it is.
   *
   * @param text not empty
   * @param parseSpecial whether control tokens in it count as such; else they are text
   */
  public record Text(String text, boolean parseSpecial) implements Prompt {}

  /**
   * Tokens to be continued as they are.
   *
   * @param ids token ids, at least one
   */
  public record Tokens(List<Integer> ids) implements Prompt {
    public Tokens {
      ids = List.copyOf(ids);
    }
  }

  /**
   * How tokens are chosen.
   *
   * @param temperature 0 is greedy
   * @param topK 0 keeps all
   * @param topP 0 keeps the likeliest only, 1 keeps all
   * @param minP 0 keeps all
   * @param repetitionPenalty 1 is none
   * @param repetitionWindow how many of the latest tokens it counts; 0 counts all
   * @param frequencyPenalty 0 is none
   * @param presencePenalty 0 is none
   * @param logitBias token id to what is added to its logit
   * @param seed the same seed gives the same answer; empty chooses one
   * @param topLogProbabilities -1 reports no log-probabilities, 0 the chosen token's only, n also
   *     the n likeliest
   */
  public record Sampling(
      double temperature,
      int topK,
      double topP,
      double minP,
      double repetitionPenalty,
      int repetitionWindow,
      double frequencyPenalty,
      double presencePenalty,
      Map<Integer, Double> logitBias,
      OptionalLong seed,
      int topLogProbabilities) {
    public Sampling {
      logitBias = Map.copyOf(logitBias);
    }
  }
}
