package io.edgeshard.web.error;

import org.jspecify.annotations.Nullable;

/** A request that gets an error for an answer, or an answer that ends with one. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int NOT_READY_RETRY_SECONDS = 5;
  private static final int OVERLOADED_RETRY_SECONDS = 1;

  private final int status;
  private final transient ErrorBody body;
  private final int retryAfterSeconds;

  private ApiException(int status, ErrorBody.Detail detail, int retryAfterSeconds) {
    super(detail.message(), null, false, false);
    this.status = status;
    this.body = new ErrorBody(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** A field that is missing, of the wrong type or out of range. */
  public static ApiException invalid(@Nullable String param, String message) {
    return invalid(param, "invalid_value", message);
  }

  /** A field that is wrong in a way that has a code of its own. */
  public static ApiException invalid(@Nullable String param, String code, String message) {
    return new ApiException(
        400, new ErrorBody.Detail(message, "invalid_request_error", param, code), 0);
  }

  /** A request that is refused before its fields are looked at. */
  public static ApiException refused(int status, String code, String message) {
    return new ApiException(
        status, new ErrorBody.Detail(message, "invalid_request_error", null, code), 0);
  }

  /** A model that is not served. */
  public static ApiException unknownModel(String message) {
    return new ApiException(
        404, new ErrorBody.Detail(message, "invalid_request_error", "model", "model_not_found"), 0);
  }

  /** Nothing can be answered now. */
  public static ApiException notReady(String message) {
    return new ApiException(
        503,
        new ErrorBody.Detail(message, "server_error", null, "not_ready"),
        NOT_READY_RETRY_SECONDS);
  }

  /** Too much is asked for at once. */
  public static ApiException overloaded(String message) {
    return new ApiException(
        429,
        new ErrorBody.Detail(message, "rate_limit_error", null, "rate_limit_exceeded"),
        OVERLOADED_RETRY_SECONDS);
  }

  /** Not the request is at fault. */
  public static ApiException broken(int status, String code, String message) {
    return new ApiException(status, new ErrorBody.Detail(message, "server_error", null, code), 0);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What is sent. */
  public ErrorBody body() {
    return body;
  }

  /** When to come again; 0 when that would not help. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }
}
