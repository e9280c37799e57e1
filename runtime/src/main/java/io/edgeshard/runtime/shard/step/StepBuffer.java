package io.edgeshard.runtime.shard.step;

import io.edgeshard.runtime.DirectMemory;
import io.edgeshard.runtime.session.BoundTensor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The tensor {@code float32 [rows, columns]} that enters or leaves at a step, over memory that is
 * kept from step to step unless one was exceptionally large.
 */
final class StepBuffer implements AutoCloseable {
  private static final long KEPT_BYTES = 8L << 20;

  private final int columns;
  private @Nullable DirectMemory memory;
  private @Nullable BoundTensor tensor;
  private int rows = -1;

  StepBuffer(int columns) {
    this.columns = columns;
  }

  /** The tensor with so many rows, its values undefined. */
  BoundTensor resize(int newRows) {
    BoundTensor current = tensor;
    if (current != null && newRows == rows) {
      return current;
    }
    if (current != null) {
      current.close();
      tensor = null;
    }
    BoundTensor resized = BoundTensor.float32(slice(newRows), newRows, columns);
    tensor = resized;
    rows = newRows;
    return resized;
  }

  /** The tensor's values in native byte order, from position 0 to its limit. */
  ByteBuffer values() {
    return slice(rows);
  }

  private ByteBuffer slice(int wantedRows) {
    long bytes = (long) wantedRows * columns * Float.BYTES;
    DirectMemory current = memory;
    boolean tooLarge = current != null && current.bytes() > Math.max(bytes, KEPT_BYTES);
    if (current == null || current.bytes() < bytes || tooLarge) {
      if (current != null) {
        current.close();
        memory = null;
      }
      current = DirectMemory.allocate(bytes);
      memory = current;
    }
    ByteBuffer whole = current.buffer();
    return whole.slice(0, (int) bytes).order(whole.order());
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
    }
    if (memory != null) {
      memory.close();
    }
  }
}
