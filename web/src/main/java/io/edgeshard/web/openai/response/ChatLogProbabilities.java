package io.edgeshard.web.openai.response;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Log-probabilities in a chat's form: a list of tokens, each with its alternatives. */
record ChatLogProbabilities(List<Token> content) {
  static @Nullable ChatLogProbabilities of(List<TokenLogProbability> tokens) {
    return tokens.isEmpty()
        ? null
        : new ChatLogProbabilities(tokens.stream().map(Token::chosen).toList());
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Token(
      String token,
      @JsonProperty("logprob") double logProbability,
      List<Integer> bytes,
      @JsonProperty("top_logprobs") @Nullable List<Token> top) {
    static Token chosen(TokenLogProbability token) {
      return of(token, token.top().stream().map(other -> of(other, null)).toList());
    }

    private static Token of(TokenLogProbability token, @Nullable List<Token> top) {
      return new Token(
          TokenWords.word(token),
          TokenWords.logProbability(token),
          TokenWords.unsigned(token),
          top);
    }
  }
}
