package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.sampling.SamplingParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reserve KV cache for a sequence; reply {@link ProtocolMessage.SequenceOpened} or fail with {@link
 * FailureCode#CAPACITY}.
 *
 * @param plan in which plan
 * @param sequence which sequence
 * @param slot where its keys and values go, on every stage
 * @param source the node that leads it and gets its tokens
 * @param capacityTokens the most tokens it will have
 * @param sampling how its tokens are chosen; only the last stage gets it
 */
public record OpenSequence(
    PlanId plan,
    SequenceId sequence,
    int slot,
    NodeId source,
    int capacityTokens,
    Optional<Sampling> sampling)
    implements ProtocolMessage {

  /**
   * What the last stage needs to sample.
   *
   * @param parameters how tokens are chosen
   * @param promptIds the prompt, for penalties; empty when none is asked for
   */
  public record Sampling(SamplingParameters parameters, List<Integer> promptIds) {
    public Sampling {
      promptIds = List.copyOf(promptIds);
    }

    /** The prompt travels only when a penalty looks at it. */
    public static Sampling of(SamplingParameters parameters, int[] promptIds) {
      return new Sampling(
          parameters,
          parameters.repetitionPenalty() == 1
              ? List.of()
              : Arrays.stream(promptIds).boxed().toList());
    }
  }
}
