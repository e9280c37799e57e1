package io.edgeshard.planner.paper;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.baseline.CloudEdgeEven;
import io.edgeshard.planner.baseline.EdgeShardEven;
import io.edgeshard.planner.baseline.EdgeSolo;
import io.edgeshard.planner.choice.ObjectivePlanner;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.paper.Recomputed.OutOfMemory;
import io.edgeshard.planner.paper.Recomputed.Reached;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.published.PublishedLatencyPlanner;
import io.edgeshard.planner.published.PublishedThroughputPlanner;
import io.edgeshard.planner.throughput.ThroughputPlanner;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Cells of the paper computed again, by the published algorithms and by ours, on the same testbed
 * and with the same cost model.
 *
 * <p>How many sequences are under way is what the paper states where it does: 8 of Llama2-7B, 4 of
 * 13B. Not stated and therefore chosen here: 4 on a single node (the batch that 24.36 tokens/s were
 * fitted with), and of 70B one for each of the 12 devices that the paper used. Published plans run
 * them as micro-batches, as many as the plan has stages where that divides them.
 */
public final class Experiments {
  private static final int SEQUENCES_ON_ONE_NODE = 4;
  private static final int SEQUENCES_7B = 8;
  private static final int SEQUENCES_13B = 4;
  private static final int SEQUENCES_70B = 12;

  private final Planner forTime;
  private final Planner forThroughput;
  private final double slowdown;

  private Experiments(Planner forTime, Planner forThroughput, double slowdown) {
    this.forTime = forTime;
    this.forThroughput = forThroughput;
    this.slowdown = slowdown;
  }

  /** The published algorithms against this program's planners. */
  public static Experiments ofThisProgram() {
    return new Experiments(new ObjectivePlanner(), new ThroughputPlanner(), 1);
  }

  /**
   * The same on devices that compute so many times as slow.
   *
   * @param factor above 0; the paper's 70B figures lie near 2.1
   */
  public Experiments slower(double factor) {
    return new Experiments(forTime, forThroughput, slowdown * factor);
  }

  /** The paper's method as published, with its errata repaired. */
  public Recomputed published(PaperQuestion question) {
    PlanningRequest request = request(question, sequences(question));
    return evaluated(question, request, method(question, request).plan(request));
  }

  /** The same plan where memory has no end: what a fixed plan that does not fit would give. */
  public Recomputed publishedWithoutMemoryLimits(PaperQuestion question) {
    PlanningRequest request = request(question, sequences(question));
    PlanningRequest endless = Testbed.withoutMemoryLimits(request);
    return evaluated(question, endless, method(question, request).plan(endless));
  }

  /**
   * What our planner reaches with the devices of the method and as many sequences as the paper;
   * empty for methods in which nothing is decided.
   */
  public Optional<Recomputed> ours(PaperQuestion question) {
    return question.method().isPlanned()
        ? Optional.of(ours(question, sequences(question)))
        : Optional.empty();
  }

  /** What our planner reaches when it may choose how many sequences, up to a limit. */
  public Recomputed ours(PaperQuestion question, int maxSequences) {
    PlanningRequest request = request(question, maxSequences).withWorkload(Testbed.workload(1));
    boolean two = question.method() == PaperMethod.CLOUD_EDGE_OPT;
    Planner ours = question.metric().isTime() ? forTime : forThroughput;
    PlanningResult result = ours.plan(two ? Testbed.onlySourceAndCloud(request) : request);
    if (result instanceof Planned planned) {
      PlanPrediction prediction = planned.explanation().prediction();
      return reached(question, prediction, planned.plan());
    }
    return new OutOfMemory(((Infeasible) result).reason());
  }

  /** The planner of a method; equal shares go to the devices that the algorithm takes. */
  private static Planner method(PaperQuestion question, PlanningRequest request) {
    return switch (question.method()) {
      case EDGE_SOLO -> new EdgeSolo();
      case CLOUD_EDGE_EVEN -> new CloudEdgeEven(Testbed.CLOUD);
      case CLOUD_EDGE_OPT -> asked -> algorithm(question).plan(Testbed.onlySourceAndCloud(asked));
      case EDGESHARD -> algorithm(question);
      case EDGESHARD_EVEN ->
          algorithm(question).plan(request) instanceof Planned edgeShard
              ? new EdgeShardEven(edgeShard.plan())
              : new EdgeShardEven();
    };
  }

  /** As printed: the paper's figures for latency are those of plans that come back to a node. */
  private static Planner algorithm(PaperQuestion question) {
    return question.metric().isTime()
        ? PublishedLatencyPlanner.asPrinted()
        : new PublishedThroughputPlanner();
  }

  private static Recomputed evaluated(
      PaperQuestion question, PlanningRequest request, PlanningResult result) {
    if (result instanceof Infeasible infeasible) {
      return new OutOfMemory(infeasible.reason());
    }
    ShardPlan plan = ((Planned) result).plan();
    PipelineMode mode = question.metric().publishedMode();
    Batching batching =
        question.metric().isTime() ? Batching.ONE : microBatches(plan, sequences(question));
    return reached(question, new PlanPredictor(request).predict(plan, batching, mode), plan);
  }

  private static Reached reached(
      PaperQuestion question, PlanPrediction prediction, ShardPlan plan) {
    return question.metric().isTime()
        ? new Reached(prediction.tokenMs(), Batching.ONE, plan)
        : new Reached(prediction.tokensPerSecond(), prediction.batching(), plan);
  }

  private static Batching microBatches(ShardPlan plan, int sequences) {
    int stages = plan.stages().size();
    if (stages == 1) {
      return new Batching(Math.min(sequences, SEQUENCES_ON_ONE_NODE), 1);
    }
    int count = Math.min(stages, sequences);
    while (sequences % count != 0) {
      count--;
    }
    return new Batching(sequences / count, count);
  }

  private PlanningRequest request(PaperQuestion question, int sequences) {
    Objective objective =
        question.metric().isTime()
            ? new Objective.LeastTokenTime()
            : new Objective.MostTokensPerSecond(
                question.metric().ourMode(), sequences, OptionalDouble.empty());
    int promised = question.metric().isTime() ? 1 : sequences;
    return Testbed.slower(Testbed.request(question, objective, promised), slowdown);
  }

  private static int sequences(PaperQuestion question) {
    if (question.method() == PaperMethod.EDGE_SOLO) {
      return SEQUENCES_ON_ONE_NODE;
    }
    return switch (question.model()) {
      case Testbed.LLAMA_7B -> SEQUENCES_7B;
      case Testbed.LLAMA_13B -> SEQUENCES_13B;
      default -> SEQUENCES_70B;
    };
  }
}
