package io.edgeshard.verticles.membership;

import io.vertx.core.Future;
import io.vertx.core.shareddata.AsyncMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shared map whose values are of one type. As with {@link SharedMaps}, every operation has a
 * limit, and a value that cannot be read is logged once and left out. Thread-safe.
 *
 * @param <T> the type of its values
 */
public final class SharedTable<T> {
  private static final Logger LOG = LoggerFactory.getLogger(SharedTable.class);
  private static final long LIMIT_SECONDS = 8;
  private static final long LEAVE_LIMIT_SECONDS = 2;

  private final String name;
  private final Class<T> type;
  private final Function<String, Future<AsyncMap<String, String>>> maps;

  /** Damaged values by key, as they were logged. */
  private final Map<String, String> damaged = new ConcurrentHashMap<>();

  SharedTable(String name, Class<T> type, Function<String, Future<AsyncMap<String, String>>> maps) {
    this.name = name;
    this.type = type;
    this.maps = maps;
  }

  /** Publishes a value. */
  public Future<Void> put(String key, T value) {
    return maps.apply(name)
        .compose(values -> values.put(key, SharedMaps.write(value)))
        .timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Takes a value back, unless another stands there by now. */
  public Future<Void> remove(String key, T value) {
    return maps.apply(name)
        .compose(values -> values.removeIfPresent(key, SharedMaps.write(value)))
        .timeout(LEAVE_LIMIT_SECONDS, TimeUnit.SECONDS)
        .mapEmpty();
  }

  /** Every value that can be read, by key. */
  public Future<Map<String, T>> all() {
    return maps.apply(name)
        .compose(AsyncMap::entries)
        .map(this::readable)
        .timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private Map<String, T> readable(Map<String, String> entries) {
    damaged.keySet().retainAll(entries.keySet());
    Map<String, T> values = new HashMap<>();
    entries.forEach(
        (key, text) -> {
          try {
            values.put(key, SharedMaps.read(text, type));
          } catch (IllegalArgumentException unreadable) {
            if (!text.equals(damaged.put(key, text))) {
              LOG.warn(
                  "event=value-left-out map={} key={} reason=\"{}\"",
                  name,
                  key,
                  unreadable.getMessage());
            }
          }
        });
    return values;
  }
}
