package io.edgeshard.web.plan;

/** There is no such plan; the message is one sentence that says why and what to do. */
public final class PlanRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean isForAName;

  public PlanRefusedException(String message) {
    this(message, false);
  }

  private PlanRefusedException(String message, boolean isForAName) {
    super(message);
    this.isForAName = isForAName;
  }

  /** A change that names something which is not there: a node, a device, a model, a planner. */
  public static PlanRefusedException unknownName(String message) {
    return new PlanRefusedException(message, true);
  }

  /** Whether a name is what is wrong, so that asking again will not help. */
  public boolean isForAName() {
    return isForAName;
  }
}
