package io.edgeshard.runtime.session;

/** Which ONNX Runtime computes in this process. */
public final class EngineVersion {
  private EngineVersion() {}

  /** Its version, as {@code 1.29.0}. */
  public static String current() {
    return Engine.environment().getVersion();
  }
}
