package io.edgeshard.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.edgeshard.runtime.ModelException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** ONNX Runtime in this process: its one environment, and its failures as ours. */
final class Engine {
  /** Read by what computes; written, and never given back, by what ends it. */
  private static final ReadWriteLock COMPUTING = new ReentrantReadWriteLock();

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

  /** Something that needs the environment; refused once the engine has ended. */
  static <T> T use(String what, Call<T> call) {
    if (!COMPUTING.readLock().tryLock()) {
      throw new ModelException("expected to " + what + ", found the process ending");
    }
    try {
      return call(what, call);
    } finally {
      COMPUTING.readLock().unlock();
    }
  }

  /** Gives something of the engine back; once that has ended, the process's end will. */
  static void release(String what, Call<?> call) {
    if (COMPUTING.readLock().tryLock()) {
      try {
        call(what, call);
      } finally {
        COMPUTING.readLock().unlock();
      }
    }
  }

  /** Lets nothing begin any more; whether all that runs has ended within the limit. */
  static boolean end(Duration limit) {
    try {
      return COMPUTING.writeLock().tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static <T> T call(String what, Call<T> call) {
    try {
      return call.run();
    } catch (OrtException e) {
      throw new ModelException(
          "expected ONNX Runtime to " + what + ", found: " + e.getMessage(), e);
    }
  }
}
