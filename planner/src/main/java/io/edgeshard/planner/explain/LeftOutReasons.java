package io.edgeshard.planner.explain;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.ShardPlace;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.LeftOut;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Why nodes are left out of a plan: excluded, too small, or of no use to it. */
final class LeftOutReasons {
  private final PlanningRequest request;
  private final PlanRules rules;
  private final ObjectiveValue value;
  private final Insertions insertions;

  LeftOutReasons(PlanningRequest request) {
    this.request = request;
    this.rules = new PlanRules(request);
    this.value = new ObjectiveValue(request);
    this.insertions = new Insertions(request, rules, new PlanPredictor(request));
  }

  /** A reason for every node that a plan does not use, by node id. */
  List<LeftOut> of(ShardPlan plan, double given, Verdict verdict) {
    List<NodeId> used = plan.nodes();
    return request.cluster().nodes().stream()
        .map(NodeProfile::node)
        .filter(node -> !used.contains(node))
        .map(node -> new LeftOut(node, reason(node, plan, given, verdict)))
        .toList();
  }

  private String reason(NodeId node, ShardPlan plan, double given, Verdict verdict) {
    if (request.constraints().excluded().contains(node)) {
      return "it is excluded";
    }
    if (request.constraints().headOnSource()) {
      return "the head is to run on the source, and with it the whole model";
    }
    Optional<String> tooSmall = tooSmall(node);
    if (tooSmall.isPresent()) {
      return tooSmall.get();
    }
    if (isDrawUnknown(node)) {
      return "its draw is not known, so least energy cannot count on it: give its busy and idle watts";
    }
    Double with = verdict.withNode().get(node);
    if (with != null && with > given * (1 + Explainer.SAME)) {
      return with == Double.POSITIVE_INFINITY
          ? "no plan that keeps to the constraints can use it"
          : "any plan with it costs at least %s more".formatted(value.words(with - given));
    }
    if (with != null && verdict.lowerBound() >= given * (1 - Explainer.SAME)) {
      return "no plan with it is better";
    }
    return insertions
        .least(node, plan, verdict)
        .map(least -> added(least - given))
        .orElse("there is no place for it in this plan within memory and constraints");
  }

  private boolean isDrawUnknown(NodeId node) {
    return request.objective() instanceof Objective.LeastEnergyPerToken
        && request.cluster().find(node).orElseThrow().power().isEmpty();
  }

  private String added(double difference) {
    return difference >= 0
        ? "added to this plan it would cost %s more".formatted(value.words(difference))
        : "this planner does not consider it, though added to this plan it would save %s"
            .formatted(value.words(-difference));
  }

  /** The sum that does not fit, where a node can hold neither a single layer nor the head. */
  private Optional<String> tooSmall(NodeId node) {
    long usable = rules.offer(node).usableBytes();
    MemoryEstimate head = rules.memory(node, new LayerRange(0, 0), new ShardPlace(false, true));
    MemoryEstimate layer =
        IntStream.range(0, request.model().layerCount())
            .mapToObj(at -> new LayerRange(at, at + 1))
            .map(range -> rules.memory(node, range, ShardPlace.MIDDLE))
            .min(java.util.Comparator.comparingLong(MemoryEstimate::totalBytes))
            .orElse(head);
    if (layer.totalBytes() <= usable || head.totalBytes() <= usable) {
      return Optional.empty();
    }
    return Optional.of(
        "a single decoder layer needs %s, but it may use %s"
            .formatted(layer, MemoryEstimate.mebibytes(usable)));
  }
}
