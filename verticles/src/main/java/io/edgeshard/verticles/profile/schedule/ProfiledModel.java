package io.edgeshard.verticles.profile.schedule;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.profile.NodeMeasurement;
import java.util.Optional;

/**
 * What is to be measured on every node.
 *
 * @param sha256 content hash of the model file, hexadecimal
 * @param weightType how its weights are run
 */
public record ProfiledModel(String sha256, WeightType weightType) {
  /** Why a measurement does not count for a node that is here; empty when it does. */
  Optional<String> misfit(NodeMeasurement measured, NodeInfo node) {
    if (!measured.model().is(sha256, weightType)) {
      return Optional.of(
          "expected times of the model %s run as %s, found those of %s run as %s"
              .formatted(
                  sha256,
                  weightType.label(),
                  measured.model().sha256(),
                  measured.model().weights()));
    }
    return measured.memberId().equals(node.memberId())
        ? Optional.empty()
        : Optional.of("expected times of the process that is here, found those of another");
  }
}
