package io.edgeshard.verticles.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JoinTokenTest {
  private static final String TEXT = "0123456789abcdef0123456789abcdef";

  @Test
  void proofOf_isHmacSha256OverLengthsAndWords() {
    // Computed with Python's hmac and hashlib.
    assertThat(JoinToken.parse(TEXT).proofOf(List.of("ab", "c")))
        .isEqualTo("7814854ddb1fd032efc711ecb78af5d35f5942bc4fbe554eb967402825d0d31a");
  }

  @Test
  void proves_sameWordsAndToken_only() {
    JoinToken token = JoinToken.random();
    String proof = token.proofOf(List.of("ab", "c"));
    assertThat(token.proves(List.of("ab", "c"), proof)).isTrue();
    assertThat(token.proves(List.of("a", "bc"), proof)).isFalse();
    assertThat(token.proves(List.of("ab"), proof)).isFalse();
    assertThat(token.proves(List.of("ab", "c"), "")).isFalse();
    assertThat(JoinToken.random().proves(List.of("ab", "c"), proof)).isFalse();
  }

  @Test
  void parse_copiedWithBlanksAroundIt_isTheSame() {
    assertThat(JoinToken.parse(" " + TEXT + "\n").reveal()).isEqualTo(TEXT);
  }

  @Test
  void parse_anythingElse_isRefusedAndNotRepeated() {
    for (String other : List.of("", "short-secret", TEXT + "!", TEXT.repeat(5))) {
      assertThatThrownBy(() -> JoinToken.parse(other))
          .hasMessageContaining("expected a join token of 32 to 128 letters")
          .hasMessageContaining("found " + other.length() + " characters")
          .extracting(Throwable::getMessage)
          .asString()
          .doesNotContain(TEXT, "short-secret");
    }
  }

  @Test
  void toString_doesNotShowIt() {
    assertThat(JoinToken.parse(TEXT)).hasToString("JoinToken");
  }
}
