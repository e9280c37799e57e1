package io.edgeshard.web.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.json.JsonFields;
import io.edgeshard.web.json.JsonFields.Range;
import io.edgeshard.web.openai.response.StreamExtras;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The fields that chats and completions have in common. */
final class RequestOptions {
  private static final Range TEMPERATURE = new Range(0, 2);
  private static final Range PROBABILITY = new Range(0, 1);
  private static final Range REPETITION = new Range(0.01, 10);
  private static final Range PENALTY = new Range(-2, 2);
  private static final Range BIAS = new Range(-100, 100);

  /** How many of the latest tokens count as repeated, where a request does not say: llama.cpp's. */
  private static final int REPETITION_WINDOW = 64;

  private static final Pattern ANSWER_ID = Pattern.compile("[A-Za-z0-9_-]{16,128}");

  private static final int NO_WINDOW = 0;
  private static final int MAX_BIASES = 1024;
  private static final int MAX_STOPS = 4;
  private static final int MAX_STOP_LENGTH = 1024;

  private final JsonFields body;

  RequestOptions(JsonFields body) {
    this.body = body;
  }

  /** The model asked for. */
  ServedModel model(List<ServedModel> models) {
    String name =
        body.text("model")
            .orElseThrow(
                () ->
                    ApiException.invalid(
                        "model",
                        "expected model to name one of "
                            + ModelChoice.names(models)
                            + ", found nothing"));
    return ModelChoice.named(name, models);
  }

  /** Whether events are wanted. */
  boolean stream() {
    return body.flag("stream", false);
  }

  /** Under which the client may take up the events of the answer again. */
  Optional<String> answerId() {
    Optional<String> id = body.text("answer_id");
    if (id.isPresent() && !ANSWER_ID.matcher(id.get()).matches()) {
      throw ApiException.invalid(
          "answer_id",
          "expected answer_id to be 16 to 128 letters, digits, - or _, chosen at random (who knows"
              + " it can read the answer), found another");
    }
    if (id.isPresent() && !stream()) {
      throw onlyWithStream("answer_id");
    }
    return id;
  }

  private static ApiException onlyWithStream(String field) {
    return ApiException.invalid(
        field, "expected " + field + " only together with \"stream\": true, found it without");
  }

  /** What is wanted of the stream besides the answer. */
  StreamExtras extras() {
    return new StreamExtras(includeUsage(), body.flag("return_progress", false));
  }

  private boolean includeUsage() {
    boolean stream = stream();
    return body.object("stream_options")
        .map(
            options -> {
              if (!stream) {
                throw onlyWithStream("stream_options");
              }
              return options.flag("include_usage", false);
            })
        .orElse(false);
  }

  /** The longest answer wanted: the value of the one field of these names that is there. */
  OptionalInt maxNewTokens(ServedModel model, String... names) {
    OptionalLong most = OptionalLong.empty();
    for (String name : names) {
      OptionalLong value = body.integer(name, 1, model.contextTokens());
      if (most.isPresent() && value.isPresent() && most.getAsLong() != value.getAsLong()) {
        throw ApiException.invalid(
            name, "expected one of " + String.join(" and ", names) + ", found two that differ");
      }
      most = value.isPresent() ? value : most;
    }
    return most.isPresent() ? OptionalInt.of((int) most.getAsLong()) : OptionalInt.empty();
  }

  /** Strings that end the answer. */
  List<String> stop() {
    List<String> stops = new ArrayList<>();
    body.value("stop").ifPresent(value -> addStops(value, stops));
    return stops;
  }

  private static void addStops(JsonNode value, List<String> stops) {
    if (value.isTextual()) {
      stops.add(stop("stop", value));
      return;
    }
    if (!value.isArray() || value.size() > MAX_STOPS) {
      throw ApiException.invalid(
          "stop",
          "expected stop to be a string or a list of up to "
              + MAX_STOPS
              + " strings, found "
              + (value.isArray() ? value.size() + " entries" : JsonFields.describe(value)));
    }
    for (int i = 0; i < value.size(); i++) {
      stops.add(stop("stop[" + i + "]", value.get(i)));
    }
  }

  private static String stop(String path, JsonNode value) {
    String text = JsonFields.text(path, value);
    if (text.isEmpty() || text.length() > MAX_STOP_LENGTH) {
      throw ApiException.invalid(
          path,
          "expected "
              + path
              + " to have 1 to "
              + MAX_STOP_LENGTH
              + " characters, found "
              + text.length());
    }
    return text;
  }

  /** Whether the model may not end the answer by itself. */
  boolean ignoreEndOfAnswer() {
    return body.flag("ignore_eos", false);
  }

  /**
   * How tokens are chosen; where the request says nothing, what holds for the model does. But a
   * request that asks for the likeliest token gets that: no penalty that it did not ask for.
   */
  GenerationRequest.Sampling sampling(SamplingDefaults otherwise, int topLogProbabilities) {
    body.text("user");
    long window = body.integer("repeat_last_n", -1, Integer.MAX_VALUE).orElse(REPETITION_WINDOW);
    double penalty =
        body.number("repeat_penalty", REPETITION, isGreedy() ? 1 : otherwise.repeatPenalty());
    return new GenerationRequest.Sampling(
        body.number("temperature", TEMPERATURE, otherwise.temperature()),
        (int) body.integer("top_k", 0, Integer.MAX_VALUE).orElse(otherwise.topK()),
        body.number("top_p", PROBABILITY, otherwise.topP()),
        body.number("min_p", PROBABILITY, otherwise.minP()),
        window == NO_WINDOW ? 1 : penalty,
        (int) Math.max(window, 0),
        body.number("frequency_penalty", PENALTY, 0),
        body.number("presence_penalty", PENALTY, 0),
        logitBias(),
        body.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        topLogProbabilities);
  }

  private boolean isGreedy() {
    return body.number("temperature", TEMPERATURE, 1) == 0
        || body.number("top_p", PROBABILITY, 1) == 0;
  }

  private Map<Integer, Double> logitBias() {
    Map<Integer, Double> biases = new HashMap<>();
    body.object("logit_bias")
        .ifPresent(
            fields -> {
              for (Map.Entry<String, JsonNode> entry : fields.entries()) {
                String path = fields.path(entry.getKey());
                biases.put(
                    tokenId(path, entry.getKey()), JsonFields.number(path, entry.getValue(), BIAS));
              }
            });
    if (biases.size() > MAX_BIASES) {
      throw ApiException.invalid(
          "logit_bias",
          "expected logit_bias to have up to " + MAX_BIASES + " tokens, found " + biases.size());
    }
    return biases;
  }

  private static int tokenId(String path, String key) {
    try {
      int id = Integer.parseInt(key);
      if (id >= 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // told below, as for a negative one
    }
    throw ApiException.invalid(
        "logit_bias", "expected the keys of logit_bias to be token ids, found " + path);
  }
}
