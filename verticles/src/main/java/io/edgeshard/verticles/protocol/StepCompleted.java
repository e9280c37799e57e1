package io.edgeshard.verticles.protocol;

import io.edgeshard.runtime.sampling.SampledToken;
import java.util.List;
import java.util.Optional;

/**
 * A step has passed all stages.
 *
 * @param step which
 * @param token what was sampled; empty for a prefill chunk that is not the last
 * @param traces what each stage took, in order
 */
public record StepCompleted(StepId step, Optional<SampledToken> token, List<StageTrace> traces)
    implements ProtocolMessage {
  public StepCompleted {
    traces = List.copyOf(traces);
  }
}
