package io.edgeshard.verticles.protocol;

import java.util.Arrays;

/** What the receiver of a failure may do about it. */
public enum FailureCode {
  /** The same again may succeed. */
  RETRYABLE(0),
  /** There is no room now; later there may be. */
  CAPACITY(1),
  /** The plan, sequence or step is not the one in force. */
  STALE_PLAN(2),
  /** Trying again will not help. */
  FATAL(3);

  private final int number;

  FailureCode(int number) {
    this.number = number;
  }

  /** The code's number on the wire and in reply failures. */
  public int number() {
    return number;
  }

  /** The code of a number; an unknown one is fatal. */
  public static FailureCode of(int number) {
    return Arrays.stream(values()).filter(code -> code.number == number).findFirst().orElse(FATAL);
  }
}
