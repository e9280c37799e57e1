package io.edgeshard.runtime.session;

import ai.onnxruntime.OnnxTensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which tensors a run reads and fills, by the names of the graph. Does not own them. */
public final class Binding {
  final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

  /** Binds, or binds anew, an input. */
  public void input(String name, BoundTensor tensor) {
    inputs.put(name, tensor.tensor());
  }

  /** Binds, or binds anew, an output. */
  public void output(String name, BoundTensor tensor) {
    outputs.put(name, tensor.tensor());
  }
}
