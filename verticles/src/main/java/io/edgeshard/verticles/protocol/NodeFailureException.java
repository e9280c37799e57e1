package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came of something that a node was asked over the bus, in our own words: those of the bus and
 * of libraries say nothing to a person, and stay in the log of the node where they arose.
 */
public final class NodeFailureException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(NodeFailureException.class);
  private static final String OURS = "io.edgeshard.";

  private final FailureCode code;

  private NodeFailureException(FailureCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** What the asker may do about it. */
  public FailureCode code() {
    return code;
  }

  /** Of a request that had no answer within a limit, or a refusal for one. */
  public static NodeFailureException of(NodeId node, Throwable failure, Duration limit) {
    if (failure instanceof ReplyException reply) {
      return switch (reply.failureType()) {
        case RECIPIENT_FAILURE ->
            new NodeFailureException(
                FailureCode.of(reply.failureCode()), String.valueOf(reply.getMessage()));
        case TIMEOUT ->
            new NodeFailureException(
                FailureCode.RETRYABLE,
                "node %s has not answered within %d s".formatted(node, limit.toSeconds()));
        case NO_HANDLERS ->
            new NodeFailureException(
                FailureCode.RETRYABLE, "node %s is not in the cluster any more".formatted(node));
        case ERROR -> unreachable(node, failure);
      };
    }
    return failure instanceof NodeFailureException told ? told : unreachable(node, failure);
  }

  /** Of a message that could not be written. */
  public static NodeFailureException unreachable(NodeId node, Throwable failure) {
    LOG.warn("event=node-not-reached node={} cause=\"{}\"", node, failure.toString());
    return new NodeFailureException(
        FailureCode.RETRYABLE, "node %s cannot be reached".formatted(node));
  }

  /**
   * What a failure tells people: its own words when an exception of ours is among its causes, else
   * that somebody made a mistake.
   */
  public static String told(Throwable failure) {
    return ownWords(failure)
        .orElseGet(
            () -> {
              LOG.warn("event=untold-failure", failure);
              return "the program made a mistake; the log of this node says where";
            });
  }

  /** The same, said by a node to others. */
  public static String told(NodeId node, Throwable failure) {
    return ownWords(failure)
        .orElseGet(
            () -> {
              LOG.warn("event=untold-failure node={}", node, failure);
              return "node %s made a mistake; its log says where".formatted(node);
            });
  }

  /** Those of the outermost exception that is of this program. */
  private static Optional<String> ownWords(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getClass().getName().startsWith(OURS)) {
        return Optional.of(String.valueOf(cause.getMessage()));
      }
    }
    return Optional.empty();
  }
}
