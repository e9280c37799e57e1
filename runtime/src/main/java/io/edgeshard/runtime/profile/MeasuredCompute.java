package io.edgeshard.runtime.profile;

import io.edgeshard.planner.cluster.ComputeProfile;
import java.util.List;

/**
 * A node's speed as measured on it.
 *
 * @param times what the planner reckons with
 * @param measurements what the times were fitted to
 */
public record MeasuredCompute(ComputeProfile times, List<Measurement> measurements) {
  public MeasuredCompute {
    measurements = List.copyOf(measurements);
  }
}
