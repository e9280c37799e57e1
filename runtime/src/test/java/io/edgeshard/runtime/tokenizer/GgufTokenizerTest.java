package io.edgeshard.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.fixture.gguf.FakeMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTokenizerTest {
  private static final int NORMAL = 1;
  private static final int UNKNOWN = 2;
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;
  private static final int BYTE = 6;
  private static final int FIRST_PIECE = 3 + 256;

  /** Ids: 0 end of text, then printable ASCII, then what merges make, a user's token last. */
  private static FakeMetadata byteLevel() {
    List<String> tokens = new ArrayList<>(List.of("<|endoftext|>"));
    for (char character = '!'; character <= '~'; character++) {
      tokens.add(String.valueOf(character));
    }
    tokens.addAll(
        List.of(
            "\u0120", "\u010A", "he", "ll", "hell", "hello", "\u0120hello", "12", "123", "<tool>"));
    int[] kinds = new int[tokens.size()];
    Arrays.fill(kinds, NORMAL);
    kinds[0] = CONTROL;
    kinds[kinds.length - 1] = USER_DEFINED;
    return new FakeMetadata()
        .with("tokenizer.ggml.model", "gpt2")
        .with("tokenizer.ggml.pre", "gpt-2")
        .with("tokenizer.ggml.tokens", tokens)
        .with("tokenizer.ggml.token_type", kinds)
        .with(
            "tokenizer.ggml.merges",
            List.of("h e", "l l", "he ll", "hell o", "\u0120 hello", "1 2", "12 3"))
        .with("tokenizer.ggml.eos_token_id", 0);
  }

  /** Ids: unknown, beginning, end, 256 bytes, then the pieces, the best first. */
  private static FakeMetadata sentencePiece(String... pieces) {
    List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
    for (int value = 0; value < 256; value++) {
      tokens.add("<0x%02X>".formatted(value));
    }
    tokens.addAll(List.of(pieces));
    int[] kinds = new int[tokens.size()];
    Arrays.fill(kinds, NORMAL);
    Arrays.fill(kinds, 3, FIRST_PIECE, BYTE);
    kinds[0] = UNKNOWN;
    kinds[1] = CONTROL;
    kinds[2] = CONTROL;
    float[] scores = new float[tokens.size()];
    for (int id = FIRST_PIECE; id < scores.length; id++) {
      scores[id] = FIRST_PIECE - id;
    }
    return new FakeMetadata()
        .with("tokenizer.ggml.model", "llama")
        .with("tokenizer.ggml.tokens", tokens)
        .with("tokenizer.ggml.token_type", kinds)
        .with("tokenizer.ggml.scores", scores)
        .with("tokenizer.ggml.bos_token_id", 1)
        .with("tokenizer.ggml.eos_token_id", 2);
  }

  static List<Arguments> cuts() {
    String text = "hello 12345 It'S  x\n\n y!?\n";
    return List.of(
        Arguments.of("gpt-2", text, "hello| 12345| It|'|S| | x|\n\n| y|!?|\n"),
        Arguments.of("smollm", text, "hello| |1|2|3|4|5| It|'|S| | x|\n\n| y|!?|\n"),
        Arguments.of("llama-bpe", text, "hello| |123|45| It|'S| | x|\n\n| y|!?\n"),
        Arguments.of("llama3", text, "hello| |123|45| It|'S| | x|\n\n| y|!?\n"),
        Arguments.of("qwen2", text, "hello| |1|2|3|4|5| It|'S| | x|\n\n| y|!?\n"),
        Arguments.of("default", text, "hello| |123|45| It|'|S| | x|\n\n| y|!?|\n"));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void encode_namedPreTokenizer_cutsAsLlamaCppDoes(String name, String text, String expected) {
    List<String> wanted = List.of(expected.split("\\|"));
    try (Tokenizer tokenizer = GgufTokenizer.from(wholeText(name, text))) {
      // every pair is merged, so a token ends only where the text was cut
      List<String> found =
          Arrays.stream(tokenizer.encode(text, false))
              .mapToObj(
                  id -> new String(tokenizer.bytes(id), java.nio.charset.StandardCharsets.UTF_8))
              .toList();
      assertThat(found).isEqualTo(wanted);
    }
  }

  /** Every part of the text is a token, and any two neighbours merge. */
  private static FakeMetadata wholeText(String pre, String text) {
    String written = text.replace(' ', '\u0120').replace('\n', '\u010A');
    List<String> tokens = new ArrayList<>();
    List<String> merges = new ArrayList<>();
    for (int length = 1; length <= written.length(); length++) {
      for (int start = 0; start + length <= written.length(); start++) {
        String part = written.substring(start, start + length);
        if (!tokens.contains(part)) {
          tokens.add(part);
          for (int cut = 1; cut < length; cut++) {
            merges.add(part.substring(0, cut) + " " + part.substring(cut));
          }
        }
      }
    }
    return new FakeMetadata()
        .with("tokenizer.ggml.model", "gpt2")
        .with("tokenizer.ggml.pre", pre)
        .with("tokenizer.ggml.tokens", tokens)
        .with("tokenizer.ggml.merges", merges)
        .with("tokenizer.ggml.add_bos_token", false);
  }

  @Test
  void encode_byteLevel_mergesAndParsesSpecialTokens() {
    try (Tokenizer tokenizer = GgufTokenizer.from(byteLevel())) {
      assertThat(texts(tokenizer, "hello hello<|endoftext|>12345<tool>"))
          .containsExactly("hello", " hello", "<|endoftext|>", "123", "4", "5", "<tool>");
      assertThat(tokenizer.isControl(0)).isTrue();
      assertThat(tokenizer.isControl(tokenizer.vocabularySize() - 1)).isFalse();
      assertThat(tokenizer.endOfAnswerIds()).containsExactly(0);
      assertThat(tokenizer.addsSpacePrefix()).isFalse();
    }
  }

  @Test
  void encode_sentencePiece_mergesByScoreWithPrefixAndBytes() {
    FakeMetadata metadata =
        sentencePiece(
            "\u2581he", "llo", "ll", "he", "lo", "\u2581", "h", "e", "l", "o", "\u2581\u2581");
    try (Tokenizer tokenizer = GgufTokenizer.from(metadata)) {
      assertThat(texts(tokenizer, "hello")).containsExactly(" he", "llo");
      assertThat(texts(tokenizer, "hello\u00e9").subList(2, 4)).hasSize(2);
      assertThat(tokenizer.encode("\u00e9", false))
          .containsExactly(FIRST_PIECE + 5, 3 + 0xC3, 3 + 0xA9);
      assertThat(tokenizer.encode("hello", true)).startsWith(1).hasSize(3);
      assertThat(tokenizer.encode("<s>hello", true)).startsWith(1).hasSize(3);
      assertThat(texts(tokenizer, "he</s>he")).containsExactly(" he", "</s>", " he");
      assertThat(tokenizer.endOfAnswerIds()).containsExactly(2);
    }
    metadata.with("tokenizer.ggml.add_space_prefix", false);
    try (Tokenizer tokenizer = GgufTokenizer.from(metadata)) {
      assertThat(texts(tokenizer, "hello")).containsExactly("he", "llo");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "llama",
        "hello  hello",
        " he\n\nllo ",
        "\u4e16\u754c \uD83D\uDC4B",
        "a\u0000b"
      })
  void decoder_ofEncodedText_givesTheText(String text) {
    FakeMetadata metadata =
        sentencePiece(
            "\u2581he", "llo", "ll", "he", "lo", "\u2581", "h", "e", "l", "o", "\u2581\u2581");
    try (Tokenizer tokenizer = GgufTokenizer.from(metadata)) {
      IncrementalDecoder decoder = new IncrementalDecoder(tokenizer, new int[0]);
      StringBuilder decoded = new StringBuilder();
      for (int id : tokenizer.encode(text, false)) {
        decoded.append(decoder.accept(id));
      }
      assertThat(decoded.append(decoder.flush())).hasToString(text);
    }
  }

  @Test
  void encode_afterClose_saysSo() {
    Tokenizer tokenizer = GgufTokenizer.from(byteLevel());
    tokenizer.close();
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.encode("a", false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void bytes_idOutOfRange_saysSo() {
    try (Tokenizer tokenizer = GgufTokenizer.from(byteLevel())) {
      assertThatThrownBy(() -> tokenizer.bytes(-1)).hasMessageContaining("found -1");
      assertThatThrownBy(() -> tokenizer.isControl(9999)).hasMessageContaining("found 9999");
    }
  }

  static List<Arguments> damages() {
    return List.of(
        damage(m -> m.without("tokenizer.ggml.model"), "the kind of tokenizer"),
        damage(m -> m.with("tokenizer.ggml.model", "rwkv"), "found 'rwkv'"),
        damage(m -> m.with("tokenizer.ggml.pre", "tekken"), "smollm", "found 'tekken'"),
        damage(m -> m.without("tokenizer.ggml.tokens"), "the model's tokens"),
        damage(m -> m.with("tokenizer.ggml.tokens", List.of()), "the model's tokens"),
        damage(
            m ->
                m.without("tokenizer.ggml.token_type")
                    .with("tokenizer.ggml.tokens", List.of("a", "a")),
            "found 'a' as token 0"),
        damage(m -> m.with("tokenizer.ggml.token_type", new int[] {1}), "found 1"),
        damage(m -> m.without("tokenizer.ggml.merges"), "the pairs to merge"),
        damage(m -> m.with("tokenizer.ggml.merges", List.of("ab")), "parted by a space"),
        damage(m -> m.with("tokenizer.ggml.merges", List.of("h \u00e9")), "is no token"),
        damage(m -> m.with("tokenizer.ggml.merges", List.of("h o")), "'ho' is no token"),
        damage(m -> m.with("tokenizer.ggml.eos_token_id", 4711), "found 4711"),
        damage(m -> m.with("tokenizer.ggml.eos_token_id", -1), "found -1"),
        damage(m -> m.with("tokenizer.ggml.add_bos_token", true), "'tokenizer.ggml.bos_token_id'"));
  }

  private static Arguments damage(UnaryOperator<FakeMetadata> spoil, String... says) {
    return Arguments.of(spoil, List.of(says));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void from_spoiledTables_saysWhatIsWrong(UnaryOperator<FakeMetadata> spoil, List<String> says) {
    assertThatThrownBy(() -> GgufTokenizer.from(spoil.apply(byteLevel())))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("expected")
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(says));
  }

  @Test
  void from_scoresMissingOrWrong_saysSo() {
    assertThatThrownBy(
            () -> GgufTokenizer.from(sentencePiece("a").without("tokenizer.ggml.scores")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the tokens' scores");
    assertThatThrownBy(
            () ->
                GgufTokenizer.from(
                    sentencePiece("a").with("tokenizer.ggml.scores", new float[] {1})))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected 260 entries");
    float[] scores = new float[260];
    scores[7] = Float.NaN;
    assertThatThrownBy(
            () -> GgufTokenizer.from(sentencePiece("a").with("tokenizer.ggml.scores", scores)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found NaN for token 7");
  }

  private static List<String> texts(Tokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text, false))
        .mapToObj(id -> new String(tokenizer.bytes(id), java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }
}
