package io.edgeshard.verticles.pipeline.timing;

import java.util.List;

/**
 * What a plan in force gave lately, as medians of steps that had the pipeline to themselves: what
 * the plan's prediction for one sequence alone is to be compared with.
 *
 * @param planId the plan's number
 * @param ttftMs time to the first token, since the request arrived
 * @param intakeMs of it, until its first chunk was sent
 * @param tokenMs time per further token
 * @param stageDecodeMs a decode step in each stage
 * @param hopDecodeMs a decode step's hop after each stage, the last from there over the source's
 *     pipeline to where the first stage begins the next step
 * @param handoverMs of that last hop, from the source's pipeline on
 * @param contextTokens in the KV cache before a decode step
 * @param steps how many decode steps there were so far
 */
public record MeasuredServing(
    long planId,
    double ttftMs,
    double intakeMs,
    double tokenMs,
    List<Double> stageDecodeMs,
    List<Double> hopDecodeMs,
    double handoverMs,
    int contextTokens,
    long steps) {
  public MeasuredServing {
    stageDecodeMs = List.copyOf(stageDecodeMs);
    hopDecodeMs = List.copyOf(hopDecodeMs);
  }
}
