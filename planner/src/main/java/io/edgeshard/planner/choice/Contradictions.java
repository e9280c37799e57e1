package io.edgeshard.planner.choice;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What no plan can keep to, whatever the memory: constraints that speak of nothing, or clash. */
final class Contradictions {
  private final PlanningRequest request;
  private final Constraints constraints;

  Contradictions(PlanningRequest request) {
    this.request = request;
    this.constraints = request.constraints();
  }

  /** The first one, if there is any. */
  Optional<Infeasible> first() {
    return Stream.of(unknownNode(), source(), layers(), pinned(), power())
        .flatMap(Optional::stream)
        .findFirst()
        .map(reason -> new Infeasible(reason, 0));
  }

  private Optional<String> unknownNode() {
    return unknown("pinned layers", constraints.pinned().values())
        .or(() -> unknown("excluded nodes", constraints.excluded()))
        .or(() -> unknown("memory caps", constraints.memoryCapBytes().keySet()));
  }

  private Optional<String> unknown(String where, Collection<NodeId> nodes) {
    return new TreeSet<>(nodes)
        .stream()
            .filter(node -> request.cluster().find(node).isEmpty())
            .findFirst()
            .map(
                node ->
                    "expected nodes of the cluster among the %s, found %s: name one of %s"
                        .formatted(where, node, names()));
  }

  private String names() {
    return String.join(
        ", ", request.cluster().nodes().stream().map(node -> node.node().value()).toList());
  }

  private Optional<String> source() {
    return constraints.excluded().contains(request.source())
        ? Optional.of(
            "%s serves the clients, so it holds the embedding and cannot be excluded: let another node serve them"
                .formatted(request.source()))
        : Optional.empty();
  }

  private Optional<String> layers() {
    int layers = request.model().layerCount();
    if (constraints.sourceLayers() > layers) {
      return Optional.of(
          "the source is to run the first %d decoder layers, but the model has %d: ask for fewer"
              .formatted(constraints.sourceLayers(), layers));
    }
    return constraints.pinned().keySet().stream()
        .filter(layer -> layer < 0 || layer >= layers)
        .sorted()
        .findFirst()
        .map(layer -> "expected pinned layers from 0 to %d, found %d".formatted(layers - 1, layer));
  }

  private Optional<String> pinned() {
    for (Map.Entry<Integer, NodeId> pin : new TreeMap<>(constraints.pinned()).entrySet()) {
      if (constraints.excluded().contains(pin.getValue())) {
        return Optional.of(
            "layer %d is pinned to %s, which is excluded: take back one of the two"
                .formatted(pin.getKey(), pin.getValue()));
      }
      boolean clashes =
          pin.getKey() < constraints.sourceLayers() && !pin.getValue().equals(request.source());
      if (clashes) {
        return Optional.of(
            "layer %d is pinned to %s, but the source %s is to run the first %d layers: take back one of the two"
                .formatted(
                    pin.getKey(), pin.getValue(), request.source(), constraints.sourceLayers()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> power() {
    boolean isUnknown =
        request.objective() instanceof Objective.LeastEnergyPerToken
            && request.cluster().find(request.source()).orElseThrow().power().isEmpty();
    return isUnknown
        ? Optional.of(
            "least energy is asked for, but the draw of the source %s is not known: give its busy and idle watts"
                .formatted(request.source()))
        : Optional.empty();
  }
}
