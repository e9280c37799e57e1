package io.edgeshard.planner.catalogue;

import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import java.util.Optional;

/**
 * A device of the catalogue.
 *
 * @param name in kebab case
 * @param title for people
 * @param memory how much, and how fast
 * @param peak the most that it computes
 * @param bandwidthReached the part of its memory's rate that is reached
 * @param power what it draws
 * @param source where these numbers are from, in words
 */
public record CatalogueDevice(
    String name,
    String title,
    DeviceMemory memory,
    PeakRates peak,
    Calibration bandwidthReached,
    PowerDraw power,
    String source) {
  /**
   * What this device would offer as a node, for a model run in the given way: see {@link Roofline}.
   */
  public NodeProfile profile(NodeId node, ModelSpec model, WeightType weightType) {
    return new NodeProfile(
        node,
        "machine-of-" + node,
        MemoryOffer.of(memory.usableBytes()),
        new Roofline(this, model, weightType).compute(),
        Optional.of(power));
  }
}
