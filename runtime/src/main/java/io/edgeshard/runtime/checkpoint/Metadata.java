package io.edgeshard.runtime.checkpoint;

import java.util.List;
import java.util.Optional;

/**
 * The key-value pairs of a checkpoint. Typed getters give empty for a missing key and throw {@link
 * io.edgeshard.runtime.ModelException} (expected, found) for one of another type.
 */
public interface Metadata {
  Optional<String> string(String key);

  Optional<Long> integer(String key);

  Optional<Double> decimal(String key);

  Optional<Boolean> flag(String key);

  Optional<List<String>> strings(String key);

  Optional<int[]> integers(String key);

  Optional<float[]> decimals(String key);
}
