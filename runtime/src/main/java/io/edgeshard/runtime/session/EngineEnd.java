package io.edgeshard.runtime.session;

import java.time.Duration;

/** The end of computing in this process, which must come before the end of the process. */
public final class EngineEnd {
  private EngineEnd() {}

  /**
   * Lets nothing begin to compute any more, and waits for what computes. ONNX Runtime lets go of
   * its environment in a shutdown hook of its own, beside ours: what still computes then brings the
   * process down.
   *
   * @return whether nothing computes any more; if not, only {@link Runtime#halt} is safe
   */
  public static boolean await(Duration limit) {
    return Engine.end(limit);
  }
}
