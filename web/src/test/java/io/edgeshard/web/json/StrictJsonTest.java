package io.edgeshard.web.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.web.error.ApiException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading JSON that is none, or not as it should be. */
class StrictJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"secret\"",
        "secret",
        "{\"a\":1}{}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{'a':1}",
        "{\"a\":1,}",
        "{\"a\":\"\t\"}",
        "{/* */}",
        "\uFEFF{}"
      })
  void readObject_notOneObject_oneSentenceWithoutTheText(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ApiException.class)
        .hasMessageStartingWith("expected a JSON object as the body, found ")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("`");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 2000, 500_000})
  void readObject_deepNesting_isRefused(int depth) {
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}"))
        .hasMessageContaining("nesting of more than 32 levels");
  }

  @ParameterizedTest
  @ValueSource(ints = {65, 100_000})
  void readObject_numberWithoutEnd_isRefused(int digits) {
    assertThatThrownBy(() -> read("{\"a\":" + "9".repeat(digits) + "}"))
        .isInstanceOf(ApiException.class);
  }

  @Property(tries = 500)
  void readObject_anyBytes_anObjectOrARefusal(@ForAll byte[] bytes) {
    try {
      assertThat(StrictJson.readObject(bytes)).isNotNull();
    } catch (ApiException refusal) {
      assertThat(refusal.status()).isEqualTo(400);
    }
  }

  @Property(tries = 500)
  void readObject_almostJson_anObjectOrARefusal(
      @ForAll
          @AlphaChars
          @Chars({'{', '}', '[', ']', '"', ':', ',', '1', '-', 'e', '.', '\\'})
          @StringLength(max = 30)
          String text) {
    try {
      assertThat(read("{" + text)).isNotNull();
    } catch (ApiException refusal) {
      assertThat(refusal.status()).isEqualTo(400);
    }
  }

  private static JsonFields read(String text) {
    return StrictJson.readObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
