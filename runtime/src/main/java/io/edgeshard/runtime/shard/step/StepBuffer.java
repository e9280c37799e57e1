package io.edgeshard.runtime.shard.step;

import io.edgeshard.runtime.NativeMemory;
import io.edgeshard.runtime.session.BoundTensor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What enters or leaves at a step, {@code float32 [rows, columns]}, a part of the rows for each
 * run; over memory that is kept from step to step unless one was exceptionally large.
 */
final class StepBuffer implements AutoCloseable {
  private static final long KEPT_BYTES = 8L << 20;
  private static final int MOST_TENSORS = 256;

  private final int columns;
  private final Map<Part, BoundTensor> tensors = new HashMap<>();
  private NativeMemory memory = NativeMemory.allocate(0);

  private record Part(int firstRow, int rows) {}

  StepBuffer(int columns) {
    this.columns = columns;
  }

  /** Makes room for the rows of a step; what was there is lost. */
  void begin(int rows) {
    long bytes = (long) rows * columns * Float.BYTES;
    if (memory.bytes() < bytes || memory.bytes() > Math.max(bytes, KEPT_BYTES)) {
      closeTensors();
      memory.close();
      memory = NativeMemory.allocate(bytes);
    }
    if (tensors.size() > MOST_TENSORS) {
      closeTensors();
    }
  }

  /** Some of the rows as a tensor. */
  BoundTensor tensor(int firstRow, int rows) {
    return tensors.computeIfAbsent(
        new Part(firstRow, rows),
        part -> BoundTensor.float32(values(firstRow, rows), rows, columns));
  }

  /** Values of some of the rows in native byte order, from position 0 to their limit. */
  ByteBuffer values(int firstRow, int rows) {
    int rowBytes = columns * Float.BYTES;
    return memory.slice(firstRow * rowBytes, rows * rowBytes);
  }

  private void closeTensors() {
    tensors.values().forEach(BoundTensor::close);
    tensors.clear();
  }

  @Override
  public void close() {
    closeTensors();
    memory.close();
  }
}
