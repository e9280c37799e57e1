package io.edgeshard.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.RealModel;
import io.edgeshard.runtime.fixture.ReferenceAnswer;
import io.edgeshard.runtime.fixture.ReferenceTokens;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The default model's tokenizer against what an independent implementation says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealModelTokenizerTest {
  private Tokenizer tokenizer;

  @BeforeAll
  void open() {
    try (Checkpoint checkpoint = Checkpoint.open(RealModel.path())) {
      tokenizer = GgufTokenizer.from(checkpoint.metadata());
    }
  }

  @AfterAll
  void close() {
    tokenizer.close();
  }

  static List<ReferenceTokens> texts() {
    return ReferenceTokens.all();
  }

  static List<ReferenceAnswer> answers() {
    return ReferenceAnswer.all();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void encode_referenceText_givesReferenceIds(ReferenceTokens reference) {
    assertThat(encode(reference.text())).isEqualTo(reference.tokenIds());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void encode_referencePrompt_givesReferenceIds(ReferenceAnswer reference) {
    assertThat(encode(reference.text())).isEqualTo(reference.promptTokenIds());
  }

  @ParameterizedTest
  @MethodSource("answers")
  void decoder_referenceAnswer_givesReferenceText(ReferenceAnswer reference) {
    IncrementalDecoder decoder =
        new IncrementalDecoder(
            tokenizer, reference.promptTokenIds().stream().mapToInt(id -> id).toArray());
    StringBuilder text = new StringBuilder();
    reference.greedyTokenIds().forEach(id -> text.append(decoder.accept(id)));
    assertThat(text.append(decoder.flush())).hasToString(reference.greedyText());
  }

  @ParameterizedTest
  @MethodSource("texts")
  void bytes_ofEncodedText_areItsUtf8(ReferenceTokens reference) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    reference.tokenIds().forEach(id -> bytes.writeBytes(tokenizer.bytes(id)));
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(reference.text());
  }

  @Test
  void endOfAnswerIds_areEndOfTurnAndEndOfText() {
    assertThat(tokenizer.endOfAnswerIds()).containsExactlyInAnyOrder(0, 2);
    assertThat(tokenizer.isControl(1)).isTrue();
    assertThat(tokenizer.isControl(9)).isTrue();
    assertThat(tokenizer.isControl(100)).isFalse();
    assertThat(tokenizer.vocabularySize()).isEqualTo(49152);
  }

  @Test
  void encode_halfSurrogates_becomeReplacementCharacters() {
    assertThat(encode("a\uD83Db\uDE00")).isEqualTo(encode("a\uFFFDb\uFFFD"));
  }

  @Test
  void encode_fromManyThreads_givesTheSame() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Boolean>> tasks =
          ReferenceTokens.all().stream()
              .<Callable<Boolean>>map(
                  reference -> () -> encode(reference.text()).equals(reference.tokenIds()))
              .toList();
      for (Future<Boolean> agrees : threads.invokeAll(tasks)) {
        assertThat(agrees.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  private List<Integer> encode(String text) {
    return java.util.Arrays.stream(tokenizer.encode(text, true)).boxed().toList();
  }
}
