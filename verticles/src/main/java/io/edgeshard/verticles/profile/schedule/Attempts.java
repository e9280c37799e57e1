package io.edgeshard.verticles.profile.schedule;

import io.edgeshard.verticles.protocol.NodeFailureException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of some things are being measured, which are to be measured anew, and which failed and wait
 * to be tried again. Not thread-safe.
 *
 * @param <T> nodes or links
 */
final class Attempts<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final LongSupplier epochMillis;
  private final Set<T> running = new HashSet<>();
  private final Set<T> stale = new HashSet<>();
  private final Map<T, Failure> failed = new HashMap<>();

  private record Failure(long untilMillis, String reason) {}

  /** None yet; {@code epochMillis} is the wall clock. */
  Attempts(LongSupplier epochMillis) {
    this.epochMillis = epochMillis;
  }

  List<T> running() {
    return List.copyOf(running);
  }

  /** Whether it is to be measured although it was. */
  boolean isStale(T what) {
    return stale.contains(what);
  }

  /** Whether it may be begun with now. */
  boolean mayBegin(T what) {
    Failure failure = failed.get(what);
    return !running.contains(what)
        && (failure == null || epochMillis.getAsLong() >= failure.untilMillis());
  }

  /** All of these are to be measured anew. */
  void anew(Collection<T> all) {
    stale.addAll(all);
    failed.clear();
  }

  /** Nothing that was measured is to be measured anew. */
  void forgetStale() {
    stale.clear();
  }

  /** What failed of these may be tried at once. */
  void forgive(Predicate<T> these) {
    failed.keySet().removeIf(these);
  }

  /**
   * Follows a measurement.
   *
   * @param isUseful whether what was measured can be used, asked when it has ended
   * @param changed called after it has ended
   */
  void begin(T what, CompletionStage<?> measurement, Predicate<T> isUseful, Runnable changed) {
    running.add(what);
    measurement.whenComplete(
        (done, failure) -> {
          running.remove(what);
          // Where measuring anew has failed, what was known before counts again.
          stale.remove(what);
          if (failure == null && isUseful.test(what)) {
            failed.remove(what);
          } else {
            failed(
                what,
                failure == null
                    ? "what was published cannot be used"
                    : NodeFailureException.told(failure));
          }
          changed.run();
        });
  }

  /** Why the first of these that failed did so. */
  Optional<String> failureOf(Collection<T> these) {
    return these.stream()
        .filter(failed::containsKey)
        .findFirst()
        .map(what -> "cannot measure %s: %s".formatted(what, reason(what)));
  }

  private void failed(T what, String reason) {
    LOG.warn("event=measuring-failed what=\"{}\" reason=\"{}\"", what, reason);
    failed.put(what, new Failure(epochMillis.getAsLong() + RETRY_AFTER.toMillis(), reason));
  }

  private String reason(T what) {
    Failure failure = failed.get(what);
    return failure == null ? "" : failure.reason();
  }
}
