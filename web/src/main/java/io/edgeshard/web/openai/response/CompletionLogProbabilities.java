package io.edgeshard.web.openai.response;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Log-probabilities in a completion's form: lists that run side by side. */
record CompletionLogProbabilities(
    List<String> tokens,
    @JsonProperty("token_logprobs") List<Double> tokenLogProbabilities,
    @JsonProperty("top_logprobs") List<Map<String, Double>> top,
    @JsonProperty("text_offset") List<Integer> textOffset) {

  /** Those of tokens that follow so many characters of the answer. */
  static @Nullable CompletionLogProbabilities of(List<TokenLogProbability> tokens, int offset) {
    if (tokens.isEmpty()) {
      return null;
    }
    List<Integer> offsets = new ArrayList<>();
    int next = offset;
    for (TokenLogProbability token : tokens) {
      offsets.add(next);
      next += TokenWords.characterCount(token);
    }
    return new CompletionLogProbabilities(
        tokens.stream().map(TokenWords::word).toList(),
        tokens.stream().map(TokenWords::logProbability).toList(),
        tokens.stream().map(CompletionLogProbabilities::alternatives).toList(),
        offsets);
  }

  /** Of two tokens with the same text the likelier stays. */
  private static Map<String, Double> alternatives(TokenLogProbability token) {
    Map<String, Double> byWord = new LinkedHashMap<>();
    for (TokenLogProbability other : token.top()) {
      byWord.putIfAbsent(TokenWords.word(other), TokenWords.logProbability(other));
    }
    return byWord;
  }
}
