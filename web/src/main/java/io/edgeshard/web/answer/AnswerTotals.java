package io.edgeshard.web.answer;

import io.edgeshard.web.generation.GenerationEvent.Timings;
import io.edgeshard.web.generation.GenerationEvent.Usage;

/**
 * What an answer took: tokens and time of all its choices together.
 *
 * @param usage tokens
 * @param timings times; the means of stages and hops are those of the last choice
 */
public record AnswerTotals(Usage usage, Timings timings) {
  /** These and one more choice. */
  AnswerTotals plus(AnswerTotals next) {
    return new AnswerTotals(
        new Usage(
            usage.promptTokens() + next.usage.promptTokens(),
            usage.completionTokens() + next.usage.completionTokens()),
        new Timings(
            timings.queueMs() + next.timings.queueMs(),
            timings.promptTokens() + next.timings.promptTokens(),
            timings.promptMs() + next.timings.promptMs(),
            timings.decodeTokens() + next.timings.decodeTokens(),
            timings.decodeMs() + next.timings.decodeMs(),
            next.timings.stages(),
            next.timings.hops()));
  }
}
