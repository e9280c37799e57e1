package io.edgeshard.verticles.machine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The turn of one node to compute while the others of its machine wait, over processes: a lock on a
 * file, which ends with the process at the latest.
 */
public final class MachineTurn {
  private static final Logger LOG = LoggerFactory.getLogger(MachineTurn.class);

  /** Several nodes of one machine may be before this one. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

  private MachineTurn() {}

  /**
   * Does something in turn. Who has waited {@link #LIMIT}, or where files cannot be locked, goes on
   * without: figures that were disturbed are better than none.
   *
   * @param folder the same for all nodes of the machine; need not exist
   */
  public static <T> T take(Path folder, Supplier<T> task) {
    Optional<FileChannel> lock = lock(folder.resolve("turn"));
    try {
      return task.get();
    } finally {
      lock.ifPresent(MachineTurn::close);
    }
  }

  private static Optional<FileChannel> lock(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel, System.nanoTime() + LIMIT.toNanos())) {
        return Optional.of(channel);
      }
      channel.close();
      LOG.warn("event=turn-not-had file={} waited={}", file, LIMIT);
    } catch (IOException unlockable) {
      LOG.warn("event=turn-not-had file={} reason=\"{}\"", file, unlockable.toString());
    }
    return Optional.empty();
  }

  private static boolean lock(FileChannel channel, long deadlineNanos) throws IOException {
    while (true) {
      try {
        if (channel.tryLock() != null) {
          return true;
        }
      } catch (OverlappingFileLockException otherNodeOfThisProcess) {
        // Looks again, as for a lock of another process.
      }
      if (System.nanoTime() - deadlineNanos > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
    }
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException failure) {
      LOG.warn("event=turn-not-ended reason=\"{}\"", failure.toString());
    }
  }
}
