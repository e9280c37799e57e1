package io.edgeshard.runtime.checkpoint.gguf;

import io.edgeshard.runtime.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open file whose ranges are mapped into memory. */
final class MappedFile implements ByteSource {
  private final Path path;
  private final FileChannel channel;
  private final long sizeBytes;

  private MappedFile(Path path, FileChannel channel, long sizeBytes) {
    this.path = path;
    this.channel = channel;
    this.sizeBytes = sizeBytes;
  }

  static MappedFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new ModelException(
          "expected a model file at "
              + path
              + ", found "
              + (Files.exists(path) ? "something that is no file" : "nothing")
              + ": put the model there or name another path");
    }
    try {
      long sizeBytes = Files.size(path);
      return new MappedFile(path, FileChannel.open(path, StandardOpenOption.READ), sizeBytes);
    } catch (AccessDeniedException e) {
      throw new ModelException(
          "expected a readable model file, found no permission to read "
              + path
              + ": change its permissions",
          e);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  /** A range of the file; it stays mapped as long as the buffer is in use. */
  @Override
  public ByteBuffer map(long offsetBytes, long lengthBytes) {
    if (!channel.isOpen()) {
      throw new IllegalStateException("expected an open checkpoint, found " + path + " closed");
    }
    try {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, offsetBytes, lengthBytes)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static ModelException unreadable(Path path, IOException e) {
    return new ModelException(
        "expected a readable model file, found "
            + path
            + " failing ("
            + e
            + "): check the disk and the limits on mapped memory",
        e);
  }
}
