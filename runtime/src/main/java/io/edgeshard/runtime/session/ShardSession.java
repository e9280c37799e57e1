package io.edgeshard.runtime.session;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A graph loaded into ONNX Runtime, ready to run. One thread at a time. */
public final class ShardSession implements AutoCloseable {
  private final OrtSession session;
  private final SessionOptions options;

  private ShardSession(OrtSession session, SessionOptions options) {
    this.session = session;
    this.options = options;
  }

  /**
   * Loads a graph.
   *
   * @param onnx the graph's bytes
   * @param weights its constant tensors by name; the memory of those that are not re-packed must
   *     outlive the session
   * @throws io.edgeshard.runtime.ModelException when the engine refuses
   */
  public static ShardSession load(
      byte[] onnx, Map<String, BoundTensor> weights, SessionSettings settings) {
    SessionOptions options = new SessionOptions();
    try {
      return Engine.use(
          "load the shard's graph",
          () -> {
            configure(options, settings);
            Map<String, OnnxTensorLike> tensors = new HashMap<>();
            weights.forEach((name, weight) -> tensors.put(name, weight.tensor()));
            options.addExternalInitializers(tensors);
            return new ShardSession(Engine.environment().createSession(onnx, options), options);
          });
    } catch (RuntimeException e) {
      options.close();
      throw e;
    }
  }

  private static void configure(SessionOptions options, SessionSettings settings)
      throws OrtException {
    options.setIntraOpNumThreads(settings.threads());
    options.setInterOpNumThreads(1);
    options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
    // Threads spin while a run lasts, which a step of many small operators needs, and stop when it
    // ends: an idle stage must not burn the time of another one on the same cores.
    options.addConfigEntry("session.force_spinning_stop", "1");
  }

  /** Runs once: reads the bound inputs, fills the bound outputs. */
  public void run(Binding binding) {
    Engine.use(
        "run the shard's graph",
        () -> {
          session.run(binding.inputs, Set.of(), binding.outputs).close();
          return true;
        });
  }

  @Override
  public void close() {
    Engine.release(
        "close the shard's session",
        () -> {
          session.close();
          options.close();
        });
  }
}
