package io.edgeshard.runtime.checkpoint;

import io.edgeshard.runtime.ModelException;
import java.nio.file.Path;

/** Words for what is wrong with one model file: what was expected, what was found, what to do. */
record ModelFault(Path file) {
  /** The file does not hold what its own header promises. */
  ModelException damaged(String expected, String found) {
    return new ModelException(
        "expected " + expected + ", found " + found + ": " + file + " is damaged, get it again");
  }

  /** The file may be sound, but this program cannot run it. */
  ModelException unsupported(String expected, String found, String advice) {
    return new ModelException(
        "expected " + expected + ", found " + found + " in " + file + ": " + advice);
  }
}
