package io.edgeshard.runtime;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Native memory with one owner and a known end: closing gives it back at once. Unlike a direct
 * buffer of the JDK it is not zeroed, and so not touched before it is used: what is resident grows
 * with what is written. Nobody may touch the buffer after the end.
 */
public final class NativeMemory implements AutoCloseable {
  // Whole cache lines, and what the widest vector instructions like.
  private static final int ALIGNMENT = 64;
  private static final AtomicLong ALLOCATED = new AtomicLong();

  private final long address;
  private final ByteBuffer aligned;
  private boolean closed;

  private NativeMemory(long address, int bytes) {
    this.address = address;
    this.aligned =
        new Pointer(address)
            .getByteBuffer(0, wholeBytes(bytes))
            .alignedSlice(ALIGNMENT)
            .slice(0, bytes)
            .order(ByteOrder.nativeOrder());
  }

  /**
   * Takes memory whose values are undefined.
   *
   * @throws ModelException when there is none, or the size is beyond what a buffer can hold
   */
  public static NativeMemory allocate(long bytes) {
    if (bytes < 0 || bytes > Integer.MAX_VALUE - 2 * ALIGNMENT) {
      throw new ModelException(
          "expected at most 2 GiB in one piece of memory, found "
              + bytes
              + " bytes; split the model over more nodes or promise less context");
    }
    long address = Native.malloc(wholeBytes((int) bytes));
    if (address == 0) {
      throw new ModelException(
          "expected " + bytes + " bytes of native memory, found too little left: free memory");
    }
    ALLOCATED.addAndGet(bytes);
    return new NativeMemory(address, (int) bytes);
  }

  /** Enough for a slice that begins and ends at a border of cache lines. */
  private static int wholeBytes(int bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + ALIGNMENT;
  }

  /** Bytes that are taken now, in all pieces of this process. */
  public static long allocatedBytes() {
    return ALLOCATED.get();
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
      ALLOCATED.addAndGet(-bytes());
      Native.free(address);
    }
  }
}
