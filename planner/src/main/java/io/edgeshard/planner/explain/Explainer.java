package io.edgeshard.planner.explain;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.plan.Bound;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.plan.SingleNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the explanation of a plan, whoever made the plan. */
public final class Explainer {
  /** Two values this much apart, as a part of them, are one, summed in another order. */
  public static final double SAME = 1e-9;

  private static final double PERCENT = 100;

  private final PlanPredictor predictor;
  private final ObjectiveValue value;
  private final SingleNodes singleNodes;
  private final LeftOutReasons leftOut;

  /** The explanations of one question. */
  public Explainer(PlanningRequest request) {
    this.predictor = new PlanPredictor(request);
    this.value = new ObjectiveValue(request);
    this.singleNodes = new SingleNodes(request);
    this.leftOut = new LeftOutReasons(request);
  }

  /** The explanation of a plan. */
  public PlanExplanation explain(ShardPlan plan, Verdict verdict) {
    PlanPrediction prediction = predictor.predict(plan, verdict.batching(), verdict.mode());
    double given = value.of(prediction);
    Optional<SingleNode> single =
        singleNodes
            .best(verdict.batching(), verdict.mode())
            .map(best -> new SingleNode(best.node(), best.prediction()));
    List<String> notes = new ArrayList<>(verdict.notes());
    single.flatMap(best -> slower(given, best)).ifPresent(notes::add);
    return new PlanExplanation(
        verdict.planner(),
        prediction,
        leftOut.of(plan, given, verdict),
        new Bound(given, Math.min(given, verdict.lowerBound())),
        single,
        notes);
  }

  /** By how much a plan is worse than the best single node, if it is. */
  private Optional<String> slower(double given, SingleNode single) {
    double best = value.of(single.prediction());
    if (given <= best * (1 + SAME)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s alone would be better: %s instead of %s, so this plan costs %s (%.0f %%) more"
            .formatted(
                single.node(),
                value.words(best),
                value.words(given),
                value.words(given - best),
                PERCENT * (given / best - 1)));
  }
}
