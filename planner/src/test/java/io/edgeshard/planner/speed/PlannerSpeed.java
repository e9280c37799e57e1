package io.edgeshard.planner.speed;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.choice.NamedPlanners;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.Bound;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What planning takes, one question at a time, and how far from the best the plan may be. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx2g")
@Warmup(iterations = 5)
@Measurement(iterations = 5)
public class PlannerSpeed {
  private static final double PERCENT = 100;
  private static final double NO_PLAN = -1;
  private static final double UNPROVEN = -2;

  /** A question: a planner, a model, nodes and their memory. */
  @State(Scope.Benchmark)
  public static class Question {
    /** Named as on command lines. */
    @Param({"best", "throughput", "published-throughput"})
    public String planner = "best";

    /** Of the catalogue. */
    @Param({"llama-3-70b"})
    public String model = "llama-3-70b";

    @Param({"16"})
    public int nodes = 16;

    @Param({"ROOMY", "TIGHT"})
    public MixedCluster.Room room = MixedCluster.Room.ROOMY;

    private @Nullable Planner asked;
    private @Nullable PlanningRequest request;

    /** Builds the question, outside of what is measured. */
    @Setup
    public void build() {
      Objective objective =
          planner.equals("best")
              ? new Objective.LeastTokenTime()
              : new Objective.MostTokensPerSecond(
                  PipelineMode.NO_BUBBLES, 32, OptionalDouble.empty());
      asked = NamedPlanners.find(planner).orElseThrow();
      request = MixedCluster.request(Models.find(model).orElseThrow(), nodes, room, objective);
    }

    PlanningResult answer() {
      if (asked == null || request == null) {
        throw new IllegalStateException("expected a question that was built, found none");
      }
      return asked.plan(request);
    }
  }

  /** What is told beside the time. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Proof {
    /** How far the plan may be from the best, in percent; -1 without a plan, -2 without a bound. */
    public double gapPercent;
  }

  @Benchmark
  public PlanningResult plan(Question question, Proof proof) {
    PlanningResult result = question.answer();
    proof.gapPercent = gapPercent(result);
    return result;
  }

  private static double gapPercent(PlanningResult result) {
    if (!(result instanceof Planned planned)) {
      return NO_PLAN;
    }
    Bound bound = planned.explanation().bound();
    return bound.lowerBound() > 0 ? bound.gap() * PERCENT : UNPROVEN;
  }
}
