package io.edgeshard.verticles.protocol;

import io.edgeshard.runtime.sampling.SampledToken;
import java.util.List;
import java.util.Optional;

/**
 * A step has passed all stages.
 *
 * @param step which
 * @param results of the sequences that came through, in the order of their spans
 * @param traces what each stage took, in order
 */
public record StepCompleted(StepId step, List<Result> results, List<StageTrace> traces)
    implements ProtocolMessage {
  public StepCompleted {
    results = List.copyOf(results);
    traces = List.copyOf(traces);
  }

  /**
   * What came of a span.
   *
   * @param sequence whose
   * @param token what was sampled; empty for a prefill chunk that is not the last
   */
  public record Result(SequenceId sequence, Optional<SampledToken> token) {}
}
