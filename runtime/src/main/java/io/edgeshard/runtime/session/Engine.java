package io.edgeshard.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.edgeshard.runtime.ModelException;

/** ONNX Runtime in this process: its one environment, and its failures as ours. */
final class Engine {
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

  static <T> T call(String what, Call<T> call) {
    try {
      return call.run();
    } catch (OrtException e) {
      throw new ModelException(
          "expected ONNX Runtime to " + what + ", found: " + e.getMessage(), e);
    }
  }
}
