package io.edgeshard.web.guard;

import java.time.Duration;

/**
 * How patient the server is with connections.
 *
 * @param count the most at once; further ones are closed at once
 * @param request until a request's headers have come, from the opening of the connection
 * @param body until its body has come, from its headers
 * @param idle between the end of an answer and the next request's headers; also what a reader has
 *     to take the end of an answer
 */
public record ConnectionLimits(int count, Duration request, Duration body, Duration idle) {
  public ConnectionLimits {
    if (count < 1 || request.toMillis() < 1 || body.toMillis() < 1 || idle.toMillis() < 1) {
      throw new IllegalArgumentException(
          "expected limits of at least one connection and 1 ms, found "
              + count
              + ", "
              + request
              + ", "
              + body
              + " and "
              + idle);
    }
  }

  /** What a slow network needs and an attacker cannot use. */
  public static ConnectionLimits usual() {
    return new ConnectionLimits(
        512, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(75));
  }
}
