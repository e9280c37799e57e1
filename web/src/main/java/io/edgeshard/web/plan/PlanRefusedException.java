package io.edgeshard.web.plan;

/** There is no such plan; the message is one sentence that says why and what to do. */
public final class PlanRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PlanRefusedException(String message) {
    super(message);
  }
}
