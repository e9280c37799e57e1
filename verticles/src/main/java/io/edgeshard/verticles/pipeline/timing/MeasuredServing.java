package io.edgeshard.verticles.pipeline.timing;

import io.edgeshard.planner.goal.TypicalRequest;
import java.util.List;

/**
 * What a plan in force gave lately, as means of the middle half of the steps that had the pipeline
 * to themselves: what the plan's prediction for one sequence alone is to be compared with.
 *
 * @param planId the plan's number
 * @param ttftMs time to the first token, since the request arrived
 * @param intakeMs of it, until its first chunk was sent
 * @param tokenMs time per further token
 * @param stageDecodeMs a decode step in each stage
 * @param hopDecodeMs a decode step's hop after each stage, the last from there over the source's
 *     pipeline to where the first stage begins the next step
 * @param handoverMs of that last hop, from the source's pipeline on
 * @param lengths of what was served
 * @param steps how many decode steps there were so far
 * @param servedMs how long they took together
 */
public record MeasuredServing(
    long planId,
    double ttftMs,
    double intakeMs,
    double tokenMs,
    List<Double> stageDecodeMs,
    List<Double> hopDecodeMs,
    double handoverMs,
    Lengths lengths,
    long steps,
    double servedMs) {
  public MeasuredServing {
    stageDecodeMs = List.copyOf(stageDecodeMs);
    hopDecodeMs = List.copyOf(hopDecodeMs);
  }

  /**
   * How long requests lately were, in tokens: a prediction to stand beside is made for these.
   *
   * @param promptTokens of a prompt; 0 before a first token came
   * @param contextTokens in the KV cache before a decode step
   */
  public record Lengths(int promptTokens, int contextTokens) {
    /** The request that these lengths are of, whose context grows evenly; else the usual one. */
    public TypicalRequest request(TypicalRequest usual) {
      if (contextTokens <= 0) {
        return usual;
      }
      int prompt = promptTokens > 0 ? promptTokens : Math.min(usual.promptTokens(), contextTokens);
      return new TypicalRequest(
          prompt, Math.max(1, 2 * (contextTokens - prompt)), usual.intakeMs());
    }
  }
}
