package io.edgeshard.runtime.session;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import java.nio.ByteBuffer;

/**
 * A tensor over native memory that the engine reads and writes in place. Closing frees the tensor,
 * not the memory, which must outlive it.
 */
public final class BoundTensor implements AutoCloseable {
  private final OnnxTensor tensor;

  private BoundTensor(OnnxTensor tensor) {
    this.tensor = tensor;
  }

  /** {@code float32} of the given shape over a direct buffer, from its position to its limit. */
  public static BoundTensor float32(ByteBuffer memory, long... shape) {
    return over(memory, OnnxJavaType.FLOAT, shape);
  }

  /** {@code uint8} of the given shape over a direct buffer. */
  public static BoundTensor uint8(ByteBuffer memory, long... shape) {
    return over(memory, OnnxJavaType.UINT8, shape);
  }

  /** {@code int32} of the given shape over a direct buffer. */
  public static BoundTensor int32(ByteBuffer memory, long... shape) {
    return over(memory, OnnxJavaType.INT32, shape);
  }

  /** {@code int64} of the given shape over a direct buffer. */
  public static BoundTensor int64(ByteBuffer memory, long... shape) {
    return over(memory, OnnxJavaType.INT64, shape);
  }

  private static BoundTensor over(ByteBuffer memory, OnnxJavaType type, long... shape) {
    if (!memory.isDirect()) {
      throw new IllegalArgumentException("expected native memory, found a buffer on the heap");
    }
    return new BoundTensor(
        Engine.use(
            "make a tensor",
            () -> OnnxTensor.createTensor(Engine.environment(), memory, shape, type)));
  }

  OnnxTensor tensor() {
    return tensor;
  }

  @Override
  public void close() {
    Engine.release("close a tensor", tensor::close);
  }
}
