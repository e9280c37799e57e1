package io.edgeshard.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.fixture.RealModel;
import io.edgeshard.runtime.fixture.ReferenceAnswer;
import io.edgeshard.runtime.fixture.gguf.FakeMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChatTemplateTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-07-04T12:30:00Z"), ZoneOffset.UTC);

  /** A model's template and chats; where they come from is told in {@code chat/README.md}. */
  record Model(
      String name, String template, String beginningToken, String endToken, List<Chat> chats) {}

  record Chat(List<ChatTurn> messages, @Nullable String text, @Nullable String refused) {}

  static Stream<Arguments> chats() throws IOException {
    try (InputStream in = ChatTemplateTest.class.getResourceAsStream("/chat/templates.json")) {
      List<Model> models = JsonMapper.builder().build().readerForListOf(Model.class).readValue(in);
      return models.stream()
          .flatMap(
              model -> model.chats().stream().map(chat -> Arguments.of(model.name(), model, chat)));
    }
  }

  static Stream<ReferenceAnswer> referenceChats() {
    return ReferenceAnswer.all().stream().filter(answer -> !answer.messages().isEmpty());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chats")
  void render_templateOfRealModel_givesJinjasText(String name, Model model, Chat chat) {
    ChatTemplate template =
        ChatTemplate.from(
                new FakeMetadata()
                    .with("tokenizer.chat_template", model.template())
                    .with(
                        "tokenizer.ggml.tokens", List.of(model.beginningToken(), model.endToken()))
                    .with("tokenizer.ggml.bos_token_id", 0)
                    .with("tokenizer.ggml.eos_token_id", 1),
                CLOCK)
            .orElseThrow();
    if (chat.refused() == null) {
      assertThat(template.render(chat.messages())).isEqualTo(chat.text());
    } else {
      assertThatThrownBy(() -> template.render(chat.messages()))
          .isInstanceOf(ChatRefusedException.class)
          .hasMessage(chat.refused());
    }
  }

  @ParameterizedTest
  @MethodSource("referenceChats")
  void render_referenceChat_givesReferenceText(ReferenceAnswer reference) {
    List<ChatTurn> turns =
        reference.messages().stream()
            .map(message -> new ChatTurn(message.role(), message.content()))
            .toList();
    try (Checkpoint checkpoint = Checkpoint.open(RealModel.path())) {
      ChatTemplate template = ChatTemplate.from(checkpoint.metadata()).orElseThrow();
      assertThat(template.render(turns)).isEqualTo(reference.text());
    }
  }

  @Test
  void from_modelWithoutTemplate_isEmpty() {
    assertThat(ChatTemplate.from(new FakeMetadata())).isEmpty();
    assertThat(ChatTemplate.from(new FakeMetadata().with("tokenizer.chat_template", " ")))
        .isEmpty();
  }

  @Test
  void render_tokensUnknown_areEmpty() {
    ChatTemplate template =
        ChatTemplate.from(
                new FakeMetadata()
                    .with("tokenizer.chat_template", "[{{ bos_token }}{{ eos_token }}]")
                    .with("tokenizer.ggml.tokens", List.of("a"))
                    .with("tokenizer.ggml.eos_token_id", 9))
            .orElseThrow();
    assertThat(template.render(List.of())).isEqualTo("[]");
  }

  @Test
  void render_brokenTemplate_saysWhatIsWrong() {
    ChatTemplate template =
        ChatTemplate.from(
                new FakeMetadata()
                    .with("tokenizer.chat_template", "a\n{% for m in messages %}{{ m"))
            .orElseThrow();
    assertThatThrownBy(() -> template.render(List.of(new ChatTurn("user", "secret"))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found one at line 2 that is not")
        .hasMessageNotContaining("secret");
  }
}
