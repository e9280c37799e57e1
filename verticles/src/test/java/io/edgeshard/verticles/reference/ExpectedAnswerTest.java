package io.edgeshard.verticles.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.reference.ExpectedAnswer.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedAnswerTest {
  private static final List<Token> TOKENS = List.of(new Token(7, -0.5f), new Token(8, -1));

  @Test
  void difference_same_isNone() {
    assertThat(answer("exact").difference(TOKENS)).isEmpty();
  }

  @Test
  void difference_exactAndOtherToken_isSaid() {
    assertThat(answer("exact").difference(List.of(new Token(7, -0.5f), new Token(9, -1))))
        .hasValue(
            "expected token 8 with log-probability -1.000 as the unsplit model says, found token 9 with -1.000");
  }

  @Test
  void difference_exactAndOtherProbability_isSaid() {
    assertThat(answer("exact").difference(List.of(new Token(7, -0.6f)))).isPresent();
  }

  @Test
  void difference_fastAndNearlyAsLikely_isNone() {
    // From the token on that differs the answers go on differently.
    assertThat(answer("fast").difference(List.of(new Token(9, -0.7f), new Token(1, -5)))).isEmpty();
  }

  @Test
  void difference_fastAndFarOff_isSaid() {
    assertThat(answer("fast").difference(List.of(new Token(9, -2)))).isPresent();
  }

  @Test
  void difference_tooShort_isSaid() {
    assertThat(answer("fast").difference(List.of(new Token(7, -0.5f))))
        .hasValue("expected 2 tokens, found 1");
  }

  private static ExpectedAnswer answer(String weights) {
    return new ExpectedAnswer(weights, List.of(1), TOKENS);
  }
}
