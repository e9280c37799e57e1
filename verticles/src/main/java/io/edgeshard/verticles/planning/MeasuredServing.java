package io.edgeshard.verticles.planning;

import java.util.List;

/**
 * What a plan in force gave lately, as medians.
 *
 * @param planId the plan's number
 * @param ttftMs time to the first token
 * @param tokenMs time per further token
 * @param stageDecodeMs a decode step in each stage
 * @param hopDecodeMs a decode step's hop after each stage, the last back to the source
 * @param steps how many decode steps that is of
 */
public record MeasuredServing(
    long planId,
    double ttftMs,
    double tokenMs,
    List<Double> stageDecodeMs,
    List<Double> hopDecodeMs,
    long steps) {
  public MeasuredServing {
    stageDecodeMs = List.copyOf(stageDecodeMs);
    hopDecodeMs = List.copyOf(hopDecodeMs);
  }
}
