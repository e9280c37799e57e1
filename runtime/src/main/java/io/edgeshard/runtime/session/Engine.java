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

  /** A read lock is given in front of a writer that waits, so what begins has to ask this too. */
  private static volatile boolean ending;

  private static boolean ended;

  /** Apart, so that a process can end that never computed: loading it takes a while and a hook. */
  private static final class Environment {
    static final OrtEnvironment ONE =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "edgeshard");
  }

  private Engine() {}

  static OrtEnvironment environment() {
    return Environment.ONE;
  }

  /** Something of the engine that may fail. */
  interface Call<T> {
    T run() throws OrtException;
  }

  /** The same without a result. */
  interface Release {
    void run() throws OrtException;
  }

  /** Something that needs the environment; refused once the engine has ended. */
  static <T> T use(String what, Call<T> call) {
    if (ending || !COMPUTING.readLock().tryLock()) {
      throw new ModelException("expected to " + what + ", found the process ending");
    }
    try {
      return call.run();
    } catch (OrtException e) {
      throw failure(what, e);
    } finally {
      COMPUTING.readLock().unlock();
    }
  }

  /** Gives something of the engine back; once that has ended, the process's end will. */
  static void release(String what, Release release) {
    if (!ending && COMPUTING.readLock().tryLock()) {
      try {
        release.run();
      } catch (OrtException e) {
        throw failure(what, e);
      } finally {
        COMPUTING.readLock().unlock();
      }
    }
  }

  /** Lets nothing begin any more; whether all that runs has ended within the limit. */
  static synchronized boolean end(Duration limit) {
    ending = true;
    try {
      ended = ended || COMPUTING.writeLock().tryLock(limit.toMillis(), TimeUnit.MILLISECONDS);
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ModelException failure(String what, OrtException e) {
    return new ModelException("expected ONNX Runtime to " + what + ", found: " + e.getMessage(), e);
  }
}
