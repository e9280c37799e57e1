package io.edgeshard.runtime.checkpoint.gguf;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The bytes of a model file. */
interface ByteSource extends AutoCloseable {
  /** What the file is called when something is wrong with it. */
  Path path();

  long sizeBytes();

  /** A range that lies within the file, read-only and little-endian. */
  ByteBuffer map(long offsetBytes, long lengthBytes);

  @Override
  void close();
}
