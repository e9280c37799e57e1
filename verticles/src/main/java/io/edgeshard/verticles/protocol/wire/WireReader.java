package io.edgeshard.verticles.protocol.wire;

import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.StepId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reads what {@link WireWriter} wrote. Lengths and counts are checked against the bytes that are
 * there before anything is allocated; what does not fit is an {@link IllegalArgumentException}.
 */
final class WireReader {
  private final Buffer buffer;
  private final int end;
  private int position;

  WireReader(Buffer buffer, int start, int end) {
    this.buffer = buffer;
    this.position = start;
    this.end = end;
  }

  /** Whether nothing is left: a neighbouring release may know fewer fields. */
  boolean atEnd() {
    return position == end;
  }

  int u8() {
    return buffer.getUnsignedByte(take(1));
  }

  boolean flag() {
    return u8() != 0;
  }

  int i32() {
    return buffer.getInt(take(4));
  }

  long i64() {
    return buffer.getLong(take(8));
  }

  float f32() {
    return buffer.getFloat(take(4));
  }

  double f64() {
    return buffer.getDouble(take(8));
  }

  String text() {
    int length = i32();
    int start = take(length);
    return new String(buffer.getBytes(start, start + length), StandardCharsets.UTF_8);
  }

  SequenceId sequence() {
    return new SequenceId(new UUID(i64(), i64()));
  }

  StepId step() {
    return new StepId(new PlanId(i64()), i32());
  }

  /**
   * A counted list; every item takes at least one byte, so a count beyond what is left is a lie.
   */
  <T> List<T> list(Supplier<T> each) {
    int count = i32();
    if (count < 0 || count > end - position) {
      throw new IllegalArgumentException(
          "expected a list of at most " + (end - position) + " items, found " + count);
    }
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(each.get());
    }
    return items;
  }

  Buffer bytes() {
    int length = i32();
    int start = take(length);
    return buffer.getBuffer(start, start + length);
  }

  private int take(int length) {
    if (length < 0 || length > end - position) {
      throw new IllegalArgumentException(
          "expected at most " + (end - position) + " further bytes, found a field of " + length);
    }
    int start = position;
    position += length;
    return start;
  }
}
