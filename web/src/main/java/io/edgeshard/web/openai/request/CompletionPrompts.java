package io.edgeshard.web.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationRequest.Prompt;
import io.edgeshard.web.generation.GenerationRequest.Text;
import io.edgeshard.web.generation.GenerationRequest.Tokens;
import io.edgeshard.web.json.JsonFields;
import java.util.ArrayList;
import java.util.List;

/** Reads the prompt of a completion: a string, token ids, or a list of either. */
final class CompletionPrompts {
  private static final String EXPECTED = "a string, strings, token ids or lists of token ids";

  private CompletionPrompts() {}

  /**
   * The prompts of a body, at most so many. With {@code "parse_special": true}, as llama.cpp's
   * server has it, control tokens in a string count as such.
   */
  static List<Prompt> read(JsonFields body, int countLimit) {
    boolean parseSpecial = body.flag("parse_special", false);
    JsonNode prompt =
        body.value("prompt")
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "prompt", "expected prompt to be " + EXPECTED + ", found nothing"));
    if (prompt.isTextual() || isTokens(prompt)) {
      return List.of(one("prompt", prompt, parseSpecial));
    }
    if (!prompt.isArray() || prompt.isEmpty()) {
      throw JsonFields.wrong("prompt", EXPECTED, prompt);
    }
    if (prompt.size() > countLimit) {
      throw ApiException.invalid(
          "prompt",
          "expected up to " + countLimit + " prompts in a request, found " + prompt.size());
    }
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < prompt.size(); i++) {
      prompts.add(one("prompt[" + i + "]", prompt.get(i), parseSpecial));
    }
    return prompts;
  }

  private static boolean isTokens(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.get(0).isNumber();
  }

  private static Prompt one(String path, JsonNode value, boolean parseSpecial) {
    if (value.isTextual() && !value.textValue().isEmpty()) {
      return new Text(JsonFields.text(path, value), parseSpecial);
    }
    if (!isTokens(value)) {
      throw JsonFields.wrong(path, "a string that is not empty or token ids", value);
    }
    List<Integer> ids = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      ids.add((int) JsonFields.integer(path + "[" + i + "]", value.get(i), 0, Integer.MAX_VALUE));
    }
    return new Tokens(ids);
  }
}
