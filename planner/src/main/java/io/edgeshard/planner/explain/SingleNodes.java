package io.edgeshard.planner.explain;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The plans in which one node runs every decoder layer and the head. Where that is not the source,
 * the source still holds the embedding, as it does in every plan.
 */
public final class SingleNodes {
  private final PlanningRequest request;
  private final PlanRules rules;
  private final PlanPredictor predictor;
  private final ObjectiveValue value;
  private final PlanJudge judge;

  /** The single nodes of one question. */
  public SingleNodes(PlanningRequest request) {
    this.request = request;
    this.rules = new PlanRules(request);
    this.predictor = new PlanPredictor(request);
    this.value = new ObjectiveValue(request);
    this.judge = new PlanJudge(request);
  }

  /**
   * A single node's plan.
   *
   * @param node who runs the layers
   * @param plan of one stage, or of two where the node is not the source
   * @param prediction what it would give
   */
  public record Candidate(NodeId node, ShardPlan plan, PlanPrediction prediction) {}

  /**
   * The best that keeps to memory, constraints and limits, if there is one. Where tokens per second
   * are wanted, each with the batch and the number of micro-batches that suit it best.
   */
  public Optional<Candidate> best(Batching batching, PipelineMode mode) {
    return rules.nodes().stream()
        .map(node -> plan(node.node()))
        .filter(plan -> rules.violation(plan).isEmpty())
        .flatMap(plan -> candidate(plan, batching, mode).stream())
        .filter(candidate -> value.keepsLimit(candidate.prediction()))
        .min(Comparator.comparingDouble(candidate -> value.of(candidate.prediction())));
  }

  private Optional<Candidate> candidate(ShardPlan plan, Batching batching, PipelineMode mode) {
    if (!(request.objective() instanceof MostTokensPerSecond most)) {
      return Optional.of(predicted(plan, batching, mode));
    }
    return judge
        .bestBatching(plan, most)
        .map(own -> predicted(judge.sized(plan, own.sequences()), own, most.mode()));
  }

  private Candidate predicted(ShardPlan plan, Batching batching, PipelineMode mode) {
    NodeId node = plan.stages().get(plan.stages().size() - 1).node();
    return new Candidate(node, plan, predictor.predict(plan, batching, mode));
  }

  private ShardPlan plan(NodeId node) {
    int layers = request.model().layerCount();
    return node.equals(request.source())
        ? rules.plan(List.of(node), new int[] {layers})
        : rules.plan(List.of(request.source(), node), new int[] {0, layers});
  }
}
