package io.edgeshard.runtime.shard;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been opened on the way to something whole. Closed together, the last first, unless
 * somebody keeps the whole.
 */
public final class OpenedParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenedParts.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Counts a part in. */
  public <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** All went well: somebody else closes the parts. */
  public void keep() {
    parts.clear();
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      close(parts.pop());
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failure) {
      // Why the whole did not come about matters more; the other parts are to be closed.
      LOG.warn("event=close-failed reason=\"{}\"", failure.toString());
    }
  }
}
