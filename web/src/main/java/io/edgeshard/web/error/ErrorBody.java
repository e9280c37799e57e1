package io.edgeshard.web.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAI error object as it is sent.
 *
 * @param error what is wrong
 */
public record ErrorBody(Detail error) {
  /**
   * What is wrong.
   *
   * @param message one sentence for people
   * @param type the kind: {@code invalid_request_error}, {@code rate_limit_error}, {@code
   *     server_error}
   * @param param the field that is wrong; null when it is none
   * @param code for programs
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Detail(
      String message, String type, @Nullable String param, @Nullable String code) {}
}
