package io.edgeshard.verticles.protocol.wire;

import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.StepId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Appends fields to a buffer: big-endian numbers, length-prefixed UTF-8, counted lists. */
final class WireWriter {
  private final Buffer buffer;

  WireWriter(Buffer buffer) {
    this.buffer = buffer;
  }

  WireWriter u8(int value) {
    buffer.appendByte((byte) value);
    return this;
  }

  WireWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  WireWriter i32(int value) {
    buffer.appendInt(value);
    return this;
  }

  WireWriter i64(long value) {
    buffer.appendLong(value);
    return this;
  }

  WireWriter f32(float value) {
    buffer.appendFloat(value);
    return this;
  }

  WireWriter f64(double value) {
    buffer.appendDouble(value);
    return this;
  }

  WireWriter text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    buffer.appendInt(bytes.length).appendBytes(bytes);
    return this;
  }

  WireWriter sequence(SequenceId id) {
    return i64(id.value().getMostSignificantBits()).i64(id.value().getLeastSignificantBits());
  }

  WireWriter step(StepId id) {
    return i64(id.plan().value()).i32(id.number());
  }

  <T> WireWriter list(List<T> items, Consumer<T> each) {
    i32(items.size());
    items.forEach(each);
    return this;
  }

  WireWriter bytes(Buffer value) {
    buffer.appendInt(value.length()).appendBuffer(value);
    return this;
  }
}
