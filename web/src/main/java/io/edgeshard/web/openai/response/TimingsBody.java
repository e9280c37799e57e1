package io.edgeshard.web.openai.response;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgeshard.web.generation.GenerationEvent.HopTime;
import io.edgeshard.web.generation.GenerationEvent.StageTime;
import io.edgeshard.web.generation.GenerationEvent.Timings;
import java.util.List;

/**
 * Where the time went, as llama.cpp's server names it, and what each stage and hop took of a
 * token's time. {@code predicted_n} counts the tokens after the first, whose time {@code
 * predicted_ms} is.
 */
record TimingsBody(
    @JsonProperty("prompt_n") int promptTokens,
    @JsonProperty("prompt_ms") double promptMs,
    @JsonProperty("prompt_per_token_ms") double promptMsPerToken,
    @JsonProperty("prompt_per_second") double promptTokensPerSecond,
    @JsonProperty("predicted_n") int decodeTokens,
    @JsonProperty("predicted_ms") double decodeMs,
    @JsonProperty("predicted_per_token_ms") double decodeMsPerToken,
    @JsonProperty("predicted_per_second") double decodeTokensPerSecond,
    @JsonProperty("queue_ms") double queueMs,
    List<StageTime> stages,
    List<HopTime> hops) {
  static TimingsBody of(Timings timings) {
    return new TimingsBody(
        timings.promptTokens(),
        micros(timings.promptMs()),
        micros(quotient(timings.promptMs(), timings.promptTokens())),
        micros(quotient(1000.0 * timings.promptTokens(), timings.promptMs())),
        timings.decodeTokens(),
        micros(timings.decodeMs()),
        micros(quotient(timings.decodeMs(), timings.decodeTokens())),
        micros(quotient(1000.0 * timings.decodeTokens(), timings.decodeMs())),
        micros(timings.queueMs()),
        timings.stages().stream()
            .map(stage -> new StageTime(stage.node(), stage.layers(), micros(stage.ms())))
            .toList(),
        timings.hops().stream()
            .map(hop -> new HopTime(hop.from(), hop.to(), micros(hop.ms())))
            .toList());
  }

  private static double quotient(double dividend, double divisor) {
    return divisor > 0 ? dividend / divisor : 0;
  }

  /** Three decimals are what a clock is good for. */
  private static double micros(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
