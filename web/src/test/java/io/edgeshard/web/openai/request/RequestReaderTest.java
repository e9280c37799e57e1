package io.edgeshard.web.openai.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationRequest.Sampling;
import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests may say and what is refused, by the field that is named. */
class RequestReaderTest {
  private static final List<ServedModel> MODELS =
      List.of(new ServedModel("tiny", 0, 256, new SamplingDefaults(0.7, 0.95, 40, 0.05, 1.1)));
  private static final String USER = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

  static Stream<Arguments> wrongChatFields() {
    return Stream.of(
        wrong("temperature", "\"hot\""),
        wrong("temperature", "-0.1"),
        wrong("temperature", "2.5"),
        wrong("temperature", "1e999"),
        wrong("temperature", "-1e999"),
        wrong("temperature", "true"),
        wrong("top_p", "1.01"),
        wrong("top_p", "[1]"),
        wrong("min_p", "-1"),
        wrong("top_k", "-1"),
        wrong("top_k", "1.5"),
        wrong("top_k", "99999999999999999999999"),
        wrong("seed", "1.0"),
        wrong("seed", "9223372036854775808"),
        wrong("repeat_penalty", "0"),
        wrong("frequency_penalty", "3"),
        wrong("presence_penalty", "-3"),
        wrong("max_tokens", "0"),
        wrong("max_tokens", "-1"),
        wrong("max_tokens", "257"),
        wrong("max_tokens", "\"12\""),
        wrong("max_completion_tokens", "1e2"),
        wrong("max_completion_tokens", "7,\"max_tokens\":8"),
        wrong("stop", "5"),
        wrong("stop", "[\"a\",\"b\",\"c\",\"d\",\"e\"]"),
        wrong("stop", "\"\""),
        wrong("stop[1]", "stop", "[\"a\",7]"),
        wrong("logit_bias", "[1]"),
        wrong("logit_bias", "{\"a\":1}"),
        wrong("logit_bias", "{\"-1\":1}"),
        wrong("logit_bias.5", "logit_bias", "{\"5\":101}"),
        wrong("logit_bias.5", "logit_bias", "{\"5\":null}"),
        wrong("logprobs", "1"),
        wrong("top_logprobs", "21,\"logprobs\":true"),
        wrong("top_logprobs", "2"),
        wrong("stream", "\"yes\""),
        wrong("stream_options", "{\"include_usage\":true}"),
        wrong("stream_options", "true,\"stream\":true"),
        wrong(
            "stream_options.include_usage",
            "stream_options",
            "{\"include_usage\":1},\"stream\":true"),
        wrong("ignore_eos", "1"),
        wrong("user", "5"),
        wrong("n", "2"),
        wrong("n", "0"),
        wrong("n", "\"1\""),
        wrong("tools", "[{\"type\":\"function\"}]"),
        wrong("tool_choice", "\"required\""),
        wrong("functions", "[{}]"),
        wrong("response_format", "{\"type\":\"json_object\"}"),
        wrong("modalities", "[\"text\",\"audio\"]"),
        wrong("audio", "{\"voice\":\"a\"}"),
        wrong("best_of", "2"),
        wrong("grammar", "\"root ::= x\""),
        wrong("min_tokens", "4"),
        wrong("repetition_penalty", "1.2"),
        wrong("mirostat", "2"),
        wrong("skip_special_tokens", "false"),
        wrong("repeat_last_n", "-2"),
        wrong("echo", "true"));
  }

  @ParameterizedTest
  @MethodSource("wrongChatFields")
  void chat_wrongField_isNamed(String param, String field, String value) {
    assertThat(refusal("{\"model\":\"tiny\"," + USER + ",\"" + field + "\":" + value + "}"))
        .isEqualTo(param);
  }

  static Stream<Arguments> wrongMessages() {
    return Stream.of(
        Arguments.of("messages", "null"),
        Arguments.of("messages", "[]"),
        Arguments.of("messages", "{}"),
        Arguments.of("messages", "\"Hi\""),
        Arguments.of("messages[0]", "[5]"),
        Arguments.of("messages[0].role", "[{\"content\":\"a\"}]"),
        Arguments.of("messages[0].role", "[{\"role\":\"tool\",\"content\":\"a\"}]"),
        Arguments.of("messages[0].role", "[{\"role\":\"wizard\",\"content\":\"a\"}]"),
        Arguments.of("messages[0].role", "[{\"role\":3,\"content\":\"a\"}]"),
        Arguments.of("messages[0].content", "[{\"role\":\"user\"}]"),
        Arguments.of("messages[0].content", "[{\"role\":\"user\",\"content\":null}]"),
        Arguments.of("messages[0].content", "[{\"role\":\"user\",\"content\":5}]"),
        Arguments.of("messages[0].content", "[{\"role\":\"user\",\"content\":[]}]"),
        Arguments.of("messages[0].content", "[{\"role\":\"user\",\"content\":\"\\ud83d\"}]"),
        Arguments.of("messages[0].content[0]", "[{\"role\":\"user\",\"content\":[\"a\"]}]"),
        Arguments.of(
            "messages[0].content[0].type",
            "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{}}]}]"),
        Arguments.of(
            "messages[0].content[0].text",
            "[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]"),
        Arguments.of(
            "messages[0].tool_calls",
            "[{\"role\":\"assistant\",\"content\":\"a\",\"tool_calls\":[{}]}]"));
  }

  @ParameterizedTest
  @MethodSource("wrongMessages")
  void chat_wrongMessages_areNamed(String param, String messages) {
    assertThat(refusal("{\"model\":\"tiny\",\"messages\":" + messages + "}")).isEqualTo(param);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "\"\"",
        "[]",
        "{}",
        "5",
        "[\"\"]",
        "[[]]",
        "[null]",
        "[1,\"a\"]",
        "[1,-2]",
        "[1,2.5]",
        "[[1],[99999999999]]",
        "[true]"
      })
  void completion_wrongPrompt_isNamed(String prompt) {
    assertThatThrownBy(() -> completion("{\"model\":\"tiny\",\"prompt\":" + prompt + "}"))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> assertThat(refusal.body().error().param()).startsWith("prompt"));
  }

  @Test
  void completion_tooManyPrompts_isNamed() {
    assertThatThrownBy(
            () -> completion("{\"model\":\"tiny\",\"prompt\":[\"a\",\"b\",\"c\",\"d\"]}"))
        .hasMessage("expected up to 3 prompts in a request, found 4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"suffix\":\"x\"",
        "\"echo\":true",
        "\"best_of\":3",
        "\"logprobs\":6",
        "\"logprobs\":true"
      })
  void completion_wrongField_isRefused(String field) {
    assertThatThrownBy(() -> completion("{\"model\":\"tiny\",\"prompt\":\"a\"," + field + "}"))
        .isInstanceOf(ApiException.class);
  }

  @Test
  void model_missingOrUnknown_namesWhatThereIs() {
    assertThatThrownBy(() -> chat("{" + USER + "}"))
        .hasMessage("expected model to name one of \"tiny\" (or \"default\"), found nothing");
    assertThatThrownBy(() -> chat("{\"model\":\"gpt-5\"," + USER + "}"))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal)
                  .hasMessage(
                      "expected one of the models \"tiny\" (or \"default\"), found 'gpt-5'");
              assertThat(refusal.status()).isEqualTo(404);
              assertThat(refusal.body().error().code()).isEqualTo("model_not_found");
              assertThat(refusal.body().error().param()).isEqualTo("model");
            });
  }

  @Test
  void message_wrongNumber_saysWhatWasExpectedAndFound() {
    assertThatThrownBy(() -> chat("{\"model\":\"tiny\"," + USER + ",\"temperature\":7}"))
        .hasMessage("expected temperature to be a number from 0.0 to 2.0, found 7");
    assertThatThrownBy(() -> chat("{\"model\":\"tiny\"," + USER + ",\"n\":2}"))
        .hasMessage("n is not supported here: leave it out or send 1");
  }

  @Test
  void chat_nullsAndNeutralValues_areAsIfAbsent() {
    ApiRequest plain = chat("{\"model\":\"tiny\"," + USER + "}");

    assertThat(
            chat(
                "{\"model\":\"tiny\","
                    + USER
                    + ",\"temperature\":null,\"stop\":null,\"max_tokens\":null,\"n\":1.0,"
                    + "\"tools\":null,\"tool_choice\":\"auto\",\"logit_bias\":null,\"seed\":null,"
                    + "\"repetition_penalty\":1.0,\"store\":true,\"metadata\":{\"a\":\"b\"}}"))
        .isEqualTo(plain);
  }

  @Test
  void model_unknownNameThatIsLong_isShownInPart() {
    assertThatThrownBy(() -> chat("{\"model\":\"" + "x".repeat(500) + "\\n\"," + USER + "}"))
        .hasMessageEndingWith("found '" + "x".repeat(100) + "…'");
    assertThatThrownBy(() -> chat("{\"model\":\"a\\nb\"," + USER + "}"))
        .hasMessageEndingWith("found 'a\uFFFDb'");
  }

  @Test
  void sampling_requestThatSaysNothing_isTheModels() {
    for (String nothing :
        List.of(
            "",
            ",\"temperature\":null,\"top_p\":null,\"top_k\":null,\"min_p\":null,\"repeat_penalty\":null")) {
      Sampling sampling = sampling(nothing);
      assertThat(sampling.temperature()).isEqualTo(0.7);
      assertThat(sampling.topP()).isEqualTo(0.95);
      assertThat(sampling.topK()).isEqualTo(40);
      assertThat(sampling.minP()).isEqualTo(0.05);
      assertThat(sampling.repetitionPenalty()).isEqualTo(1.1);
      assertThat(sampling.repetitionWindow()).isEqualTo(64);
    }
  }

  @Test
  void sampling_requestThatSaysSomething_winsThere() {
    Sampling sampling = sampling(",\"temperature\":1,\"top_k\":0,\"repeat_penalty\":1");
    assertThat(sampling.temperature()).isEqualTo(1);
    assertThat(sampling.topK()).isZero();
    assertThat(sampling.repetitionPenalty()).isEqualTo(1);
    assertThat(sampling.topP()).isEqualTo(0.95);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"temperature\":0", "\"top_p\":0", "\"top_p\":0.0"})
  void sampling_greedyRequest_getsNoPenaltyUnlessItAsks(String greedy) {
    assertThat(sampling("," + greedy).repetitionPenalty()).isEqualTo(1);
    assertThat(sampling("," + greedy + ",\"repeat_penalty\":1.3").repetitionPenalty())
        .isEqualTo(1.3);
  }

  @Test
  void sampling_repeatLastN_isLlamaCpps() {
    assertThat(sampling(",\"repeat_last_n\":7").repetitionWindow()).isEqualTo(7);
    assertThat(sampling(",\"repeat_last_n\":-1").repetitionWindow()).as("all").isZero();
    assertThat(sampling(",\"repeat_last_n\":0").repetitionPenalty()).as("none").isEqualTo(1);
  }

  private static Sampling sampling(String fields) {
    return chat("{\"model\":\"tiny\"," + USER + fields + "}").prompts().get(0).sampling();
  }

  private static String refusal(String body) {
    try {
      chat(body);
    } catch (ApiException refusal) {
      assertThat(refusal.status()).isEqualTo(400);
      assertThat(refusal.getMessage()).isNotBlank();
      return String.valueOf(refusal.body().error().param());
    }
    throw new AssertionError("expected a refusal of " + body);
  }

  private static ApiRequest chat(String body) {
    return RequestReader.chat(StrictJson.readObject(body.getBytes(StandardCharsets.UTF_8)), MODELS);
  }

  private static ApiRequest completion(String body) {
    return RequestReader.completion(
        StrictJson.readObject(body.getBytes(StandardCharsets.UTF_8)), MODELS, 3);
  }

  private static Arguments wrong(String field, String value) {
    return Arguments.of(field, field, value);
  }

  private static Arguments wrong(String param, String field, String value) {
    return Arguments.of(param, field, value);
  }
}
