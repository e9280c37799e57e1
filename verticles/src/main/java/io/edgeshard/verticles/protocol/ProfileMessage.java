package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.WeightType;
import io.vertx.core.buffer.Buffer;

/** What nodes say to each other while they measure themselves and their links. */
public sealed interface ProfileMessage extends ProtocolMessage {
  /**
   * Measure how fast you run the model, publish it, reply {@link Measured}.
   *
   * @param modelSha256 content hash of the model file, hexadecimal
   * @param weightType how its weights are run
   * @param prefillChunkTokens the most prompt tokens computed in one step
   * @param fresh whether what was measured before does not count
   */
  record MeasureNode(
      String modelSha256, WeightType weightType, int prefillChunkTokens, boolean fresh)
      implements ProfileMessage {}

  /**
   * Measure your link to another node, or the way within yourself, publish it, reply {@link
   * Measured}.
   *
   * @param to the other node
   * @param toMemberId the cluster's id for its process
   * @param rowBytes of the hidden states of one token, above 0
   * @param gentle whether answers are running: few messages, small and spread out
   */
  record MeasureLink(NodeId to, String toMemberId, int rowBytes, boolean gentle)
      implements ProfileMessage {
    public MeasureLink {
      if (rowBytes <= 0) {
        throw new IllegalArgumentException(
            "expected hidden states of 1 byte or more, found " + rowBytes);
      }
    }
  }

  /** Reply to {@link MeasureNode} and {@link MeasureLink}: it is published. */
  record Measured() implements ProfileMessage {}

  /**
   * What a message of decode takes on a link, as traffic showed.
   *
   * @param to the receiver
   * @param rowBytes of the hidden states of one token
   * @param rowMs from the end of one stage's computation to the start of the next one's, 0 or more
   */
  record RefineLink(NodeId to, int rowBytes, double rowMs) implements ProfileMessage {
    public RefineLink {
      if (rowBytes <= 0 || !(rowMs >= 0) || Double.isInfinite(rowMs)) {
        throw new IllegalArgumentException(
            "expected a finite time of 0 ms or more for hidden states of 1 byte or more, found %s ms for %d bytes"
                .formatted(rowMs, rowBytes));
      }
    }
  }

  /**
   * What a decode step of one sequence takes in a stage of yours, as traffic showed.
   *
   * @param layers how many decoder layers it has
   * @param hasEmbedding whether it has the embedding
   * @param hasHead whether it has the output head
   * @param contextTokens tokens in the KV cache
   * @param ms 0 or more
   */
  record RefineStage(
      int layers, boolean hasEmbedding, boolean hasHead, int contextTokens, double ms)
      implements ProfileMessage {
    public RefineStage {
      if (layers < 0 || contextTokens < 0 || !(ms >= 0) || Double.isInfinite(ms)) {
        throw new IllegalArgumentException(
            "expected a finite time of 0 ms or more for 0 layers or more, found %s ms for %d after %d tokens"
                .formatted(ms, layers, contextTokens));
      }
    }
  }

  /**
   * One of a series of messages to a stage, which goes the way of a step: through its queue to the
   * shard's thread.
   *
   * @param isLast whether it is the last of its series and answered with {@link LinkPong}
   * @param payload as large as what is measured; of no meaning
   */
  record LinkPing(boolean isLast, Buffer payload) implements ProfileMessage {}

  /** Reply to the last {@link LinkPing} of a series, from the shard's thread. */
  record LinkPong() implements ProfileMessage {}
}
