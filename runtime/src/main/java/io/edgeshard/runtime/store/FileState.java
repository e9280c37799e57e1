package io.edgeshard.runtime.store;

import io.edgeshard.runtime.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * What tells, without reading a file, whether it is still the one that was read.
 *
 * @param path its real path
 * @param sizeBytes how large it is
 * @param modified when it was last written
 */
record FileState(String path, long sizeBytes, Instant modified) {
  static FileState of(Path file) {
    try {
      Path real = file.toRealPath();
      BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new ModelException(
            "expected a model file at " + file + ", found something else: name a file");
      }
      return new FileState(
          real.toString(), attributes.size(), attributes.lastModifiedTime().toInstant());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static ModelException unreadable(Path file, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new ModelException(
          "expected a model file at "
              + file
              + ", found nothing: put the model there or name another path",
          e);
    }
    return new ModelException(
        "expected a readable model file, found " + file + " failing (" + e + "): check it", e);
  }
}
