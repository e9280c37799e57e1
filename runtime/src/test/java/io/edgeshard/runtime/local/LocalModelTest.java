package io.edgeshard.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.chat.ChatTurn;
import io.edgeshard.runtime.fixture.RealModel;
import io.edgeshard.runtime.fixture.ReferenceAnswer;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.runtime.sampling.SamplingParameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalModelTest {
  private static final List<ChatTurn> HELLO = List.of(new ChatTurn("user", "Hello"));

  @TempDir private Path folder;

  @Test
  void answer_exactAndGreedy_isTheReferencesTextPieceByPiece() {
    try (LocalModel model = LocalModel.load(RealModel.path(), WeightType.EXACT, 1)) {
      for (ReferenceAnswer expected : shortAnswers()) {
        List<ChatTurn> chat =
            expected.messages().stream()
                .map(message -> new ChatTurn(message.role(), message.content()))
                .toList();
        List<String> pieces = new ArrayList<>();

        model.answer(chat, SamplingParameters.greedy(), pieces::add);

        assertThat(String.join("", pieces)).as(expected.id()).isEqualTo(expected.greedyText());
        assertThat(pieces).as(expected.id()).hasSizeGreaterThan(1).doesNotContain("");
      }
    }
  }

  /** Chats whose answer the model itself ended. */
  private static List<ReferenceAnswer> shortAnswers() {
    List<ReferenceAnswer> ended =
        ReferenceAnswer.all().stream()
            .filter(answer -> !answer.messages().isEmpty())
            .filter(answer -> answer.greedyTokenIds().size() < answer.maxNewTokens())
            .toList();
    assertThat(ended).isNotEmpty();
    return ended;
  }

  @Test
  void answer_modelThatNeverEnds_endsWithTheContext() {
    TinyModel tiny = TinyModel.grouped();
    try (LocalModel model = LocalModel.load(tiny.writeTo(folder), WeightType.EXACT, 1)) {
      StringBuilder text = new StringBuilder();

      model.answer(HELLO, SamplingParameters.greedy(), text::append);

      assertThat(text).isNotEmpty();
    }
  }

  @Test
  void answer_readerThrows_endsItAndTheNextIsAnswered() {
    try (LocalModel model = LocalModel.load(RealModel.path())) {
      assertThatThrownBy(
              () ->
                  model.answer(
                      "Count to ten.",
                      text -> {
                        throw new IllegalStateException("enough");
                      }))
          .hasMessage("enough");

      StringBuilder text = new StringBuilder();
      model.answer(HELLO, SamplingParameters.greedy(), text::append);
      assertThat(text).isNotEmpty();
    }
  }

  @Test
  void answer_chatLongerThanTheContext_isRefusedInASentence() {
    try (LocalModel model = LocalModel.load(RealModel.path())) {
      assertThatThrownBy(() -> model.answer("word ".repeat(5000), text -> {}))
          .isInstanceOf(ModelException.class)
          .hasMessageMatching("expected a chat of at most \\d+ tokens, found 5\\d+: shorten it");
    }
  }
}
