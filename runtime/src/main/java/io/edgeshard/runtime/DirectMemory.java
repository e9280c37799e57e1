package io.edgeshard.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Zeroed native memory with one owner and a known end: closing gives it back at once, where a plain
 * direct buffer waits for the garbage collector. Nobody may touch the buffer after that.
 */
public final class DirectMemory implements AutoCloseable {
  // Whole cache lines, and what the widest vector instructions like.
  private static final int ALIGNMENT = 64;
  private static final @Nullable MethodHandle FREE = findFree();

  private final ByteBuffer whole;
  private final ByteBuffer aligned;
  private boolean closed;

  private DirectMemory(ByteBuffer whole, int bytes) {
    this.whole = whole;
    this.aligned =
        whole.alignedSlice(ALIGNMENT).limit(bytes).slice().order(ByteOrder.nativeOrder());
  }

  /**
   * Takes memory.
   *
   * @throws ModelException when there is none, or the size is beyond what a buffer can hold
   */
  public static DirectMemory allocate(long bytes) {
    if (bytes < 0 || bytes > Integer.MAX_VALUE - 2 * ALIGNMENT) {
      throw new ModelException(
          "expected at most 2 GiB in one piece of memory, found "
              + bytes
              + " bytes; split the model over more nodes or promise less context");
    }
    try {
      return new DirectMemory(ByteBuffer.allocateDirect((int) bytes + 2 * ALIGNMENT), (int) bytes);
    } catch (OutOfMemoryError e) {
      throw new ModelException(
          "expected "
              + bytes
              + " bytes of native memory, found too little left ("
              + e.getMessage()
              + "); free memory or raise -XX:MaxDirectMemorySize",
          e);
    }
  }

  /** The memory, in native byte order, from position 0 to its limit. */
  public ByteBuffer buffer() {
    return aligned;
  }

  /** A part of the memory as a buffer of its own. */
  public ByteBuffer slice(int offset, int length) {
    return aligned.slice(offset, length).order(ByteOrder.nativeOrder());
  }

  /** How many bytes there are. */
  public int bytes() {
    return aligned.capacity();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      free(whole);
    }
  }

  private static void free(ByteBuffer buffer) {
    if (FREE == null) {
      return;
    }
    try {
      FREE.invokeExact(buffer);
    } catch (Throwable e) {
      throw new IllegalStateException("expected to free a direct buffer of our own", e);
    }
  }

  // The JDK frees on demand only here until its foreign memory API (22) may be relied on. A JVM
  // without it leaves the work to its garbage collector.
  private static @Nullable MethodHandle findFree() {
    try {
      Class<?> unsafe = Class.forName("sun.misc.Unsafe");
      Field instance = unsafe.getDeclaredField("theUnsafe");
      instance.setAccessible(true);
      return MethodHandles.lookup()
          .findVirtual(unsafe, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
          .bindTo(instance.get(null));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
