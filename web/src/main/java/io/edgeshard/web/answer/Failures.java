package io.edgeshard.web.answer;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.error.Faults;
import io.edgeshard.web.generation.GenerationEvent.Failed;
import io.edgeshard.web.generation.GenerationRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients are told of refusals and failures of the generator. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /** Of a request that was not admitted. */
  static ApiException refused(Throwable cause, String promptField) {
    if (!(cause instanceof GenerationRefusedException refusal)) {
      return unexpected(cause);
    }
    String message = String.valueOf(refusal.getMessage());
    return switch (refusal.reason()) {
      case UNKNOWN_MODEL -> ApiException.unknownModel(message);
      case CONTEXT_LENGTH_EXCEEDED ->
          ApiException.invalid(promptField, "context_length_exceeded", message);
      case INVALID -> ApiException.invalid(null, message);
      case NOT_READY -> ApiException.notReady(message);
      case OVERLOADED -> ApiException.overloaded(message);
    };
  }

  /** Of an answer that broke off: another machine's fault is a bad gateway's. */
  static ApiException brokenOff(Failed failed) {
    return switch (failed.code()) {
      case "not_ready", "not_admitted" -> ApiException.notReady(failed.message());
      case "node_lost", "step_lost", "step_failed" ->
          ApiException.broken(502, failed.code(), failed.message());
      default -> ApiException.broken(500, failed.code(), failed.message());
    };
  }

  /** Of a fault in the program; its words may hold a prompt and stay here. */
  static ApiException unexpected(Throwable cause) {
    LOG.error("event=answer-failed", Faults.withoutWords(cause));
    return ApiException.broken(
        500, "internal_error", "the server made a mistake with this request; its log says where");
  }
}
