package io.edgeshard.verticles.local.runfile;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that cannot be mistaken for a later one with the same number.
 *
 * @param pid its number, given again to others once it has ended
 * @param startedAtMs since 1970; 0 where the system does not tell
 */
public record ProcessIdentity(long pid, long startedAtMs) {
  /** Start times are derived from the clock, which may have been corrected in between. */
  private static final long CLOCK_CORRECTION_MS = 2000;

  /** This process. */
  public static ProcessIdentity current() {
    return of(ProcessHandle.current());
  }

  /** The process of a handle. */
  public static ProcessIdentity of(ProcessHandle handle) {
    return new ProcessIdentity(handle.pid(), startedAtMs(handle));
  }

  /** The process of a number, if one was given and is in use. */
  public static @Nullable ProcessIdentity ofPid(@Nullable Long pid) {
    if (pid == null) {
      return null;
    }
    return ProcessHandle.of(pid).map(ProcessIdentity::of).orElse(new ProcessIdentity(pid, 0));
  }

  /** This very process, if it still runs. */
  public Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> Math.abs(startedAtMs(handle) - startedAtMs) <= CLOCK_CORRECTION_MS);
  }

  private static long startedAtMs(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
