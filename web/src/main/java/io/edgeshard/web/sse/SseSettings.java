package io.edgeshard.web.sse;

import java.time.Duration;

/**
 * How a stream of events is kept alive, and how long a slow reader is waited for.
 *
 * @param heartbeat a comment is sent when nothing else was sent for so long
 * @param stallLimit a reader that does not empty the write queue within this time is dropped
 * @param pendingLimitBytes a reader for whom more than this waits beyond a full write queue is
 *     dropped
 */
public record SseSettings(Duration heartbeat, Duration stallLimit, int pendingLimitBytes) {
  public SseSettings {
    if (heartbeat.toMillis() < 1 || stallLimit.toMillis() < 1 || pendingLimitBytes < 0) {
      throw new IllegalArgumentException(
          "expected a heartbeat and a stall limit of at least 1 ms and no negative bytes, found "
              + heartbeat
              + ", "
              + stallLimit
              + " and "
              + pendingLimitBytes);
    }
  }

  /** What servers and proxies between here and the reader are used to. */
  public static SseSettings usual() {
    return new SseSettings(Duration.ofSeconds(15), Duration.ofSeconds(30), 256 << 10);
  }
}
