package io.edgeshard.verticles.profile.node;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import java.time.Duration;

/** How the speed of this machine is measured. */
@FunctionalInterface
public interface ComputeMeasuring {
  /**
   * Measures; takes up to {@code limit}.
   *
   * @throws io.edgeshard.runtime.ModelException when the model cannot be had or run here
   */
  Figures measure(MeasureNode command, Duration limit);

  /**
   * What was measured.
   *
   * @param times of the model's parts
   * @param spread how far repetitions lay apart, as a part of their median
   */
  record Figures(ComputeProfile times, double spread) {}
}
