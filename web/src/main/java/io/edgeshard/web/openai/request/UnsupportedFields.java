package io.edgeshard.web.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.json.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fields that would change the answer if they were obeyed, which they are not: each is refused by
 * name unless its value asks for nothing. All other unknown fields are ignored.
 *
 * <p>They are OpenAI's, and those of other servers of this dialect whose clients might expect an
 * effect. Null, an empty list, an empty object and an empty string always ask for nothing, and so
 * does false where it is not true that does.
 */
final class UnsupportedFields {
  /** Fields of both kinds of request, with further values that ask for nothing. */
  private static final UnsupportedFields COMMON =
      new UnsupportedFields()
          .add("n", "1")
          .add("best_of", "1")
          .add("response_format", "{\"type\":\"text\"}")
          .add("guided_json")
          .add("guided_regex")
          .add("guided_choice")
          .add("guided_grammar")
          .add("json_schema")
          .add("grammar")
          .add("logits_processors")
          .add("use_beam_search")
          .add("length_penalty", "1")
          .add("repetition_penalty", "1")
          .add("min_tokens", "0")
          .add("n_predict", "-1")
          .add("stop_token_ids")
          .add("bad_words")
          .add("include_stop_str_in_output")
          .add("prompt_logprobs")
          .add("truncate_prompt_tokens")
          .add("add_special_tokens", "true")
          .add("skip_special_tokens", "true")
          .add("typical_p", "1")
          .add("tfs_z", "1")
          .add("top_a", "0")
          .add("mirostat", "0")
          .add("xtc_probability", "0")
          .add("dry_multiplier", "0")
          .add("dynatemp_range", "0")
          .add("lora");

  private static final UnsupportedFields CHAT =
      new UnsupportedFields()
          .addAll(COMMON)
          .add("tools")
          .add("functions")
          .add("tool_choice", "\"none\"", "\"auto\"")
          .add("function_call", "\"none\"", "\"auto\"")
          .add("modalities", "[\"text\"]")
          .add("audio")
          .add("web_search_options")
          .add("verbosity", "\"medium\"")
          .add("reasoning_effort", "\"none\"")
          .add("chat_template")
          .add("chat_template_kwargs")
          .add("add_generation_prompt", "true", "false")
          .add("echo")
          .add("documents");

  private static final UnsupportedFields COMPLETION =
      new UnsupportedFields().addAll(COMMON).add("echo").add("suffix").add("prompt_embeds");

  private final Map<String, Set<String>> neutralByName = new LinkedHashMap<>();

  private UnsupportedFields() {}

  /** Those of {@code /v1/chat/completions}. */
  static UnsupportedFields ofChat() {
    return CHAT;
  }

  /** Those of {@code /v1/completions}. */
  static UnsupportedFields ofCompletion() {
    return COMPLETION;
  }

  /** Refuses a request that asks for one of them. */
  void refuseIn(JsonFields body) {
    neutralByName.forEach(
        (name, neutral) ->
            body.value(name)
                .filter(value -> !asksForNothing(value, neutral))
                .ifPresent(
                    value -> {
                      throw ApiException.invalid(
                          body.path(name), "unsupported_parameter", sentence(name, neutral));
                    }));
  }

  private static boolean asksForNothing(JsonNode value, Set<String> neutral) {
    boolean empty =
        (value.isBoolean() && !value.booleanValue() && !neutral.contains("true"))
            || (value.isContainerNode() && value.isEmpty())
            || (value.isTextual() && value.textValue().isEmpty());
    return empty
        || neutral.contains(value.toString())
        || (value.isNumber() && neutral.stream().anyMatch(text -> equal(text, value)));
  }

  /** 1.0 is as good as 1. */
  private static boolean equal(String neutral, JsonNode value) {
    return neutral.matches("-?\\d+") && Double.parseDouble(neutral) == value.doubleValue();
  }

  private static String sentence(String name, Set<String> neutral) {
    List<String> ways = new ArrayList<>();
    ways.add("leave it out");
    neutral.forEach(value -> ways.add("send " + value));
    return name + " is not supported here: " + String.join(" or ", ways);
  }

  private UnsupportedFields add(String name, String... neutral) {
    neutralByName.put(name, Set.of(neutral));
    return this;
  }

  private UnsupportedFields addAll(UnsupportedFields others) {
    neutralByName.putAll(others.neutralByName);
    return this;
  }
}
