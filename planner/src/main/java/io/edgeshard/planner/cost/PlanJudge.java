package io.edgeshard.planner.cost;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.plan.Bound;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;
import java.util.Optional;

/**
 * What a finished plan is worth: the same verdict for whichever planner made it. Refuses what
 * breaks the rules; where tokens per second are wanted, it runs the plan with the batch and the
 * number of micro-batches that suit it best, as far as its memory and the objective allow.
 */
public final class PlanJudge {
  private static final double MS_PER_SECOND = 1000;

  /** Times nearer to each other than this part of them are equal. */
  private static final double ROUNDING = 1e-12;

  private final PlanningRequest request;
  private final PlanPredictor predictor;

  /** The judge of one question. */
  public PlanJudge(PlanningRequest request) {
    this.request = request;
    this.predictor = new PlanPredictor(request);
  }

  /** A plan with what it is predicted to give, or why it may not be put in force. */
  public PlanningResult judged(String planner, ShardPlan plan) {
    Optional<Infeasible> violation = new PlanRules(request).violation(plan);
    if (violation.isPresent()) {
      return violation.get();
    }
    if (!(request.objective() instanceof MostTokensPerSecond most)) {
      return planned(planner, plan, Batching.ONE, PipelineMode.NO_BUBBLES);
    }
    return bestBatching(plan, most)
        .<PlanningResult>map(
            batching -> planned(planner, sized(plan, batching.sequences()), batching, most.mode()))
        .orElseGet(
            () ->
                new Infeasible(
                    "%s takes more than the %s ms per token that are allowed: allow more or take another planner"
                        .formatted(planner, most.maxTokenMs().orElseThrow()),
                    0));
  }

  private Planned planned(String planner, ShardPlan plan, Batching batching, PipelineMode mode) {
    PlanPrediction prediction = predictor.predict(plan, batching, mode);
    Bound unproven = new Bound(value(prediction), 0);
    return new Planned(
        plan,
        new PlanExplanation(planner, prediction, List.of(), unproven, Optional.empty(), List.of()));
  }

  /** What the objective asks of a prediction, in its own unit: less is better. */
  public double value(PlanPrediction prediction) {
    Objective objective = request.objective();
    if (objective instanceof Objective.LeastRequestTime) {
      return prediction.requestMs(request.typical().newTokens());
    }
    if (objective instanceof MostTokensPerSecond) {
      return MS_PER_SECOND / prediction.tokensPerSecond();
    }
    return objective instanceof Objective.LeastEnergyPerToken
        ? prediction.joulesPerToken().orElse(Double.POSITIVE_INFINITY)
        : prediction.tokenMs();
  }

  /**
   * The batching with the most tokens per second; of equals the smallest batch, then the fewest
   * micro-batches. Empty when even one sequence takes longer than the objective allows.
   */
  public Optional<Batching> bestBatching(ShardPlan plan, MostTokensPerSecond most) {
    int sequences = mostSequences(plan, most.maxSequences());
    double limitMs = most.maxTokenMs().orElse(Double.POSITIVE_INFINITY);
    Batching best = null;
    double leastMs = Double.POSITIVE_INFINITY;
    for (int batch = 1; batch <= sequences; batch++) {
      RoundTimes round = predictor.roundTimes(plan, batch);
      for (int microBatches = 1; microBatches * batch <= sequences; microBatches++) {
        double roundMs = round.roundMs(microBatches, most.mode());
        double tokenMs = roundMs / (microBatches * batch);
        if (roundMs <= limitMs && tokenMs < leastMs * (1 - ROUNDING)) {
          best = new Batching(batch, microBatches);
          leastMs = tokenMs;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  /** How many sequences at once the memory of a plan's nodes allows, at most {@code limit}. */
  private int mostSequences(ShardPlan plan, int limit) {
    int fit = 1;
    int tooMany = limit + 1;
    while (tooMany - fit > 1) {
      int middle = (fit + tooMany) >>> 1;
      if (rulesFor(middle).violation(sized(plan, middle)).isEmpty()) {
        fit = middle;
      } else {
        tooMany = middle;
      }
    }
    return fit;
  }

  /** The same plan with memory for so many sequences, or for those promised if they are more. */
  private ShardPlan sized(ShardPlan plan, int sequences) {
    List<NodeId> nodes = plan.stages().stream().map(ShardAssignment::node).toList();
    int[] counts = plan.stages().stream().mapToInt(stage -> stage.layers().count()).toArray();
    return rulesFor(sequences).plan(nodes, counts);
  }

  private PlanRules rulesFor(int sequences) {
    Workload promise = request.workload();
    return new PlanRules(
        request.withWorkload(
            new Workload(
                promise.contextTokens(),
                Math.max(promise.sequences(), sequences),
                promise.prefillChunkTokens())));
  }
}
