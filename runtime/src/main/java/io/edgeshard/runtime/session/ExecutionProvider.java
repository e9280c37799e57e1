package io.edgeshard.runtime.session;

/** What computes: the one seam where a GPU would come in. */
public enum ExecutionProvider {
  /** This machine's processor; ONNX Runtime needs no setting for it. */
  CPU
}
