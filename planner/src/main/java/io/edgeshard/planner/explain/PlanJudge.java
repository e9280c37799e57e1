package io.edgeshard.planner.explain;

import static io.edgeshard.planner.goal.PipelineMode.NO_BUBBLES;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.RoundTimes;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a finished plan is worth: the same verdict for whichever planner made it. Refuses what
 * breaks the rules; where tokens per second are wanted, it runs the plan with the batch and the
 * number of micro-batches that suit it best, as far as its memory and the objective allow.
 */
public final class PlanJudge {
  /** Times nearer to each other than this part of them are equal. */
  private static final double ROUNDING = 1e-12;

  /** How many rounds are followed event by event for one plan. */
  private static final int MOST_FOLLOWED = 64;

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
      return planned(planner, plan, Batching.ONE, NO_BUBBLES);
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
    Verdict verdict = new Verdict(planner, batching, mode, 0, Map.of(), List.of());
    return new Planned(plan, new Explainer(request).explain(plan, verdict));
  }

  /**
   * The batching with the most tokens per second; of equals the smallest batch, then the fewest
   * micro-batches. Empty when even one sequence takes longer than the objective allows. Where
   * rounds have to be followed event by event, the best of the most promising.
   */
  public Optional<Batching> bestBatching(ShardPlan plan, MostTokensPerSecond most) {
    boolean isFormula = !predictor.comesBack(plan);
    Batching best = null;
    double leastMs = Double.POSITIVE_INFINITY;
    int followed = 0;
    for (Promise promise : promises(plan, most, isFormula ? most.mode() : NO_BUBBLES)) {
      if (promise.tokenMs >= leastMs * (1 - ROUNDING) || followed == MOST_FOLLOWED) {
        break;
      }
      double roundMs = promise.tokenMs * promise.batching.sequences();
      if (!isFormula) {
        roundMs = predictor.roundMs(plan, promise.batching, most.mode());
        followed++;
      }
      double tokenMs = roundMs / promise.batching.sequences();
      if (roundMs <= most.maxTokenMs().orElse(Double.POSITIVE_INFINITY) * (1 + ROUNDING)
          && tokenMs < leastMs) {
        best = promise.batching;
        leastMs = tokenMs;
      }
    }
    return Optional.ofNullable(best);
  }

  /** A batching, and the time for a token that it cannot be better than. */
  private record Promise(Batching batching, double tokenMs) {}

  private List<Promise> promises(ShardPlan plan, MostTokensPerSecond most, PipelineMode mode) {
    int sequences = mostSequences(plan, most.maxSequences());
    double limitMs = most.maxTokenMs().orElse(Double.POSITIVE_INFINITY) * (1 + ROUNDING);
    List<Promise> promises = new ArrayList<>();
    for (int batch = 1; batch <= sequences; batch++) {
      RoundTimes round = predictor.roundTimes(plan, batch);
      for (int count = 1; count * batch <= sequences; count++) {
        double roundMs = round.roundMs(count, mode);
        if (roundMs <= limitMs) {
          promises.add(new Promise(new Batching(batch, count), roundMs / (count * batch)));
        }
      }
    }
    promises.sort(Comparator.comparingDouble(Promise::tokenMs));
    return promises;
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
  ShardPlan sized(ShardPlan plan, int sequences) {
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
