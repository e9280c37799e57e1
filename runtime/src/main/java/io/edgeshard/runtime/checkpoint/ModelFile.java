package io.edgeshard.runtime.checkpoint;

import io.edgeshard.runtime.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** An open file whose ranges can be mapped into memory, read-only. */
final class ModelFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final long sizeBytes;

  private ModelFile(Path path, FileChannel channel, long sizeBytes) {
    this.path = path;
    this.channel = channel;
    this.sizeBytes = sizeBytes;
  }

  static ModelFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new ModelException(
          "expected a model file at "
              + path
              + ", found "
              + (Files.exists(path) ? "something that is no file" : "nothing")
              + ": put the model there or name another path");
    }
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new ModelFile(path, channel, Files.size(path));
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

  Path path() {
    return path;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** Maps a range that lies within the file; it stays mapped as long as the buffer is in use. */
  ByteBuffer map(long offsetBytes, long lengthBytes) {
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
            + e.getMessage()
            + "): check the disk and the limits on mapped memory",
        e);
  }
}
