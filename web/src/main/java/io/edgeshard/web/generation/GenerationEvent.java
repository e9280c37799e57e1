package io.edgeshard.web.generation;

import java.util.List;

/** What becomes of a request. */
public sealed interface GenerationEvent {
  /**
   * One or more tokens completed some text.
   *
   * @param text whole UTF-8, not empty unless log-probabilities are reported
   * @param logProbabilities of the tokens that completed it; empty when not asked for
   */
  record TokenText(String text, List<TokenLogProbability> logProbabilities)
      implements GenerationEvent {
    public TokenText {
      logProbabilities = List.copyOf(logProbabilities);
    }
  }

  /**
   * A part of the prompt is computed.
   *
   * @param totalTokens of the prompt
   * @param processedTokens of it so far
   * @param ms since the first chunk was sent
   */
  record PromptProgress(int totalTokens, int processedTokens, double ms)
      implements GenerationEvent {}

  /**
   * The answer is complete.
   *
   * @param reason why it ended
   * @param usage tokens counted
   * @param timings where the time went
   */
  record Finished(FinishReason reason, Usage usage, Timings timings) implements GenerationEvent {}

  /**
   * The answer broke off.
   *
   * @param code for programs: {@code node_lost}, {@code not_ready}, {@code internal_error}, …
   * @param message one sentence for people
   */
  record Failed(String code, String message) implements GenerationEvent {}

  /** Why an answer ended. */
  enum FinishReason {
    /** The model ended it, or a stop string came. */
    STOP,
    /** The most tokens were reached. */
    LENGTH
  }

  /**
   * Tokens counted.
   *
   * @param promptTokens of the prompt
   * @param completionTokens of the answer, the end-of-answer token included
   */
  record Usage(int promptTokens, int completionTokens) {}

  /**
   * A token and how likely it was.
   *
   * @param bytes the token's raw bytes
   * @param logProbability natural logarithm
   * @param top the likeliest alternatives, likeliest first (their own {@code top} is empty)
   */
  record TokenLogProbability(
      List<Byte> bytes, float logProbability, List<TokenLogProbability> top) {
    public TokenLogProbability {
      bytes = List.copyOf(bytes);
      top = List.copyOf(top);
    }
  }

  /**
   * Where the time went.
   *
   * @param queueMs from arrival to the first step
   * @param promptTokens computed in prefill
   * @param promptMs prefill, up to the first token (TTFT without the queue)
   * @param decodeTokens after the first
   * @param decodeMs their time together
   * @param stages mean time of a decode step in each stage, in order
   * @param hops mean time of a decode step on the way into each stage, in order, and last on the
   *     way back to the source: one more than stages
   */
  record Timings(
      double queueMs,
      int promptTokens,
      double promptMs,
      int decodeTokens,
      double decodeMs,
      List<StageTime> stages,
      List<HopTime> hops) {
    public Timings {
      stages = List.copyOf(stages);
      hops = List.copyOf(hops);
    }
  }

  /**
   * A stage's share of a token's time.
   *
   * @param node who runs it
   * @param layers for people, {@code [0, 10)}
   * @param ms mean per decode step
   */
  record StageTime(String node, String layers, double ms) {}

  /**
   * A hop's share of a token's time: from the end of one stage's computation to the start of the
   * next one's, waiting included.
   *
   * @param from sending node
   * @param to receiving node
   * @param ms mean per decode step
   */
  record HopTime(String from, String to, double ms) {}
}
