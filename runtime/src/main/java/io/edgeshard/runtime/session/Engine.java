package io.edgeshard.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.edgeshard.runtime.ModelException;

/** ONNX Runtime in this process: its one environment, and its failures as ours. */
final class Engine {
  /**
   * ONNX Runtime lets go of its environment in a shutdown hook of its own, while our threads still
   * compute; what then begins to run brings the process down with it. So from the first moment of a
   * shutdown nothing begins any more.
   */
  private static volatile boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ending = true, "engine-end"));
  }

  private static final OrtEnvironment ENVIRONMENT =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "edgeshard");

  private Engine() {}

  static OrtEnvironment environment() {
    return ENVIRONMENT;
  }

  /** Something of the engine that may fail. */
  interface Call<T> {
    T run() throws OrtException;
  }

  /** Something that needs the environment; refused once the process is ending. */
  static <T> T use(String what, Call<T> call) {
    if (ending) {
      throw new ModelException("expected to " + what + ", found the process ending");
    }
    return call(what, call);
  }

  static <T> T call(String what, Call<T> call) {
    try {
      return call.run();
    } catch (OrtException e) {
      throw new ModelException(
          "expected ONNX Runtime to " + what + ", found: " + e.getMessage(), e);
    }
  }
}
