package io.edgeshard.verticles.pipeline.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ServedModel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RequestEncoderTest {
  private static final int CONTEXT = 16;
  private final RequestEncoder encoder =
      new RequestEncoder(
          new ServingModel(
              new ServedModel("tiny", 1, CONTEXT, SamplingDefaults.PLAIN),
              new ByteTokenizer(),
              Optional.empty()));

  @Test
  void encode_text_controlTokensCountOnlyWhenAsked() {
    RequestEncoder marking =
        new RequestEncoder(
            new ServingModel(
                new ServedModel("tiny", 1, CONTEXT, SamplingDefaults.PLAIN),
                new ByteTokenizer() {
                  @Override
                  public int[] encodeText(String text, boolean addBeginning) {
                    return new int[] {1, 2, 3};
                  }
                },
                Optional.empty()));
    assertThat(marking.encode(request(new GenerationRequest.Text("a", false), false)).promptIds())
        .containsExactly(1, 2, 3);
    assertThat(marking.encode(request(new GenerationRequest.Text("a", true), false)).promptIds())
        .containsExactly('a');
  }

  @Test
  void encode_text_givesItsTokensAndTheRoomThatIsLeft() {
    SequenceSpec spec = encoder.encode(request(new GenerationRequest.Text("abc", false), false));
    assertThat(spec.promptIds()).containsExactly('a', 'b', 'c');
    assertThat(spec.maxNewTokens()).isEqualTo(CONTEXT - 3);
    assertThat(spec.endIds()).containsExactly(0);
  }

  @Test
  void encode_ignoreEndOfAnswer_forbidsTheEndTokens() {
    SequenceSpec spec = encoder.encode(request(new GenerationRequest.Text("abc", false), true));
    assertThat(spec.endIds()).isEmpty();
    assertThat(spec.sampling().logitBias()).containsEntry(0, Float.NEGATIVE_INFINITY);
  }

  @Test
  void encode_promptAsLongAsTheContext_isRefusedWithBothNumbers() {
    assertRefused(
        new GenerationRequest.Text("x".repeat(CONTEXT), false),
        Reason.CONTEXT_LENGTH_EXCEEDED,
        "at most 15 tokens",
        "found 16");
  }

  @Test
  void encode_longestPrompt_leavesRoomForOneToken() {
    SequenceSpec spec =
        encoder.encode(request(new GenerationRequest.Text("x".repeat(CONTEXT - 1), false), false));
    assertThat(spec.maxNewTokens()).isEqualTo(1);
  }

  @Test
  void encode_emptyPrompt_isRefused() {
    assertRefused(new GenerationRequest.Text("", false), Reason.INVALID, "at least one token");
  }

  @Test
  void encode_tokenIdOutsideTheVocabulary_isRefused() {
    assertRefused(
        new GenerationRequest.Tokens(List.of(1, 128)), Reason.INVALID, "0 to 127", "found 128");
  }

  @Test
  void encode_chatWithoutTemplate_pointsToCompletions() {
    assertRefused(
        new GenerationRequest.Chat(List.of(new GenerationRequest.Message("user", "hi"))),
        Reason.INVALID,
        "chat template",
        "/v1/completions");
  }

  private void assertRefused(
      GenerationRequest.Prompt prompt, Reason reason, String... messageParts) {
    assertThatThrownBy(() -> encoder.encode(request(prompt, false)))
        .isInstanceOfSatisfying(
            GenerationRefusedException.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(reason);
              assertThat(refused.getMessage()).contains(messageParts);
            });
  }

  private static GenerationRequest request(GenerationRequest.Prompt prompt, boolean ignoreEnd) {
    return new GenerationRequest(
        "tiny",
        prompt,
        OptionalInt.empty(),
        List.of(),
        ignoreEnd,
        new GenerationRequest.Sampling(0, 0, 1, 0, 1, 0, 0, 0, Map.of(), OptionalLong.of(1), -1));
  }
}
