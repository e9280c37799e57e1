package io.edgeshard.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.RandomQuestions;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PipelineSimulation.Leg;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PredictorAgainstSimulationTest {
  private static final int PLANS = 1000;
  private static final int ROUNDS = 200;
  private static final double WITHIN = 0.01;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void roundAndFirstToken_everyResourceOnce_areAsSimulated() {
    compare(false, false);
  }

  @Test
  void roundAndFirstToken_stagesOnOneMachine_areAsSimulated() {
    compare(true, false);
  }

  @Test
  void roundAndFirstToken_nodesRevisited_areAsSimulated() {
    compare(false, true);
  }

  @Test
  void roundAndFirstToken_bothAtOnce_areAsSimulated() {
    compare(true, true);
  }

  private void compare(boolean shared, boolean revisits) {
    RandomQuestions requests = new RandomQuestions(new SplittableRandom(3), 5, 10, false);
    int compared = 0;
    while (compared < PLANS) {
      PlanningRequest request = requests.next();
      ShardPlan plan = plan(request, revisits);
      boolean revisited = plan.nodes().size() < plan.stages().size();
      if (isShared(request, plan) == shared && revisited == revisits) {
        compare(request, plan);
        compared++;
      }
    }
  }

  private void compare(PlanningRequest request, ShardPlan plan) {
    PlanPredictor predictor = new PlanPredictor(request);
    PipelineMode mode = random.nextBoolean() ? PipelineMode.BUBBLES : PipelineMode.NO_BUBBLES;
    Batching batching = new Batching(random.nextInt(1, 4), random.nextInt(1, 9));
    double roundMs = simulatedRound(request, plan, batching, mode);
    assertThat(predictor.roundMs(plan, batching, mode))
        .as("%s %s of %s for %s", mode, batching, plan, request)
        .isCloseTo(roundMs, within(WITHIN * roundMs));
    double ttftMs = simulatedTtft(request, plan);
    assertThat(predictor.ttftMs(plan))
        .as("%s for %s", plan, request)
        .isCloseTo(ttftMs, within(WITHIN * ttftMs));
  }

  private static boolean isShared(PlanningRequest request, ShardPlan plan) {
    CostModel costs = new CostModel(request);
    return plan.nodes().stream().filter(node -> costs.node(node).machine().equals("shared")).count()
        > 1;
  }

  private ShardPlan plan(PlanningRequest request, boolean revisits) {
    List<NodeId> all = request.cluster().nodes().stream().map(NodeProfile::node).toList();
    List<NodeId> order = new ArrayList<>(List.of(request.source()));
    int layers = request.model().layerCount();
    int stages = random.nextInt(1, Math.min(layers, 6) + 2);
    for (int i = 1; i < stages; i++) {
      NodeId next = all.get(random.nextInt(all.size()));
      boolean allowed =
          revisits ? !order.get(order.size() - 1).equals(next) : !order.contains(next);
      if (allowed) {
        order.add(next);
      }
    }
    int[] counts = new int[order.size()];
    int left = layers;
    for (int i = 1; i < counts.length - 1; i++) {
      counts[i] = 1;
      left--;
    }
    while (left > 0) {
      counts[random.nextInt(counts.length)]++;
      left--;
    }
    return new PlanRules(request).plan(order, counts);
  }

  private static double simulatedRound(
      PlanningRequest request, ShardPlan plan, Batching batching, PipelineMode mode) {
    List<Leg> legs = decodeLegs(request, plan, batching.batch());
    int count = batching.microBatches();
    int[] returned = {0};
    double[] half = {0};
    PipelineSimulation simulation =
        new PipelineSimulation(
            (job, atMs) -> {
              returned[0]++;
              if (returned[0] == count * ROUNDS / 2) {
                half[0] = atMs;
              }
              if (returned[0] > count * (ROUNDS - 1)) {
                return List.of();
              }
              if (mode == PipelineMode.NO_BUBBLES) {
                return List.of(legs);
              }
              return returned[0] % count == 0 ? PipelineSimulation.copies(count, legs) : List.of();
            });
    double end = simulation.run(PipelineSimulation.copies(count, legs));
    return (end - half[0]) / (ROUNDS / 2);
  }

  private static double simulatedTtft(PlanningRequest request, ShardPlan plan) {
    CostModel costs = new CostModel(request);
    int chunks = costs.chunks().length;
    int inFlight = Math.min(chunks, plan.stages().size());
    IntFunction<List<Leg>> legs = chunk -> prefillLegs(request, plan, chunk);
    int[] sent = {inFlight};
    PipelineSimulation simulation =
        new PipelineSimulation(
            (job, atMs) -> sent[0] < chunks ? List.of(legs.apply(sent[0]++)) : List.of());
    List<List<Leg>> first = new ArrayList<>();
    for (int i = 0; i < inFlight; i++) {
      first.add(legs.apply(i));
    }
    return simulation.run(first);
  }

  private static List<Leg> decodeLegs(PlanningRequest request, ShardPlan plan, int batch) {
    CostModel costs = new CostModel(request);
    return legs(
        request,
        plan,
        s -> costs.decodeStageMs(s.node(), s.layers().count(), s.isFirst(), s.isLast(), batch),
        batch,
        batch);
  }

  private static List<Leg> prefillLegs(PlanningRequest request, ShardPlan plan, int chunk) {
    CostModel costs = new CostModel(request);
    return legs(
        request,
        plan,
        s -> costs.prefillStageMs(s.node(), s.layers().count(), s.isFirst(), s.isLast(), chunk),
        costs.chunks()[chunk],
        1);
  }

  /** A way through all stages, with {@code rows} hidden states on each hop. */
  private static List<Leg> legs(
      PlanningRequest request,
      ShardPlan plan,
      ToDoubleFunction<ShardAssignment> stageMs,
      int rows,
      int tokens) {
    CostModel costs = new CostModel(request);
    List<Leg> legs = new ArrayList<>();
    for (int i = 0; i < plan.stages().size(); i++) {
      ShardAssignment s = plan.stages().get(i);
      legs.add(new Leg(costs.node(s.node()).machine(), stageMs.applyAsDouble(s), 0));
      if (s.isLast()) {
        double occupiedMs = costs.returnOccupiedMs(s.node(), tokens);
        back(legs, request, s.node(), costs.returnMs(s.node(), tokens), occupiedMs);
      } else {
        hop(legs, s.node(), plan.stages().get(i + 1).node(), costs, rows);
      }
    }
    return legs;
  }

  private static void hop(List<Leg> legs, NodeId from, NodeId to, CostModel costs, int rows) {
    double occupied = costs.hopOccupiedMs(from, to, rows);
    legs.add(new Leg(from + " to " + to, occupied, costs.hopMs(from, to, rows) - occupied));
  }

  private static void back(
      List<Leg> legs, PlanningRequest request, NodeId last, double ms, double occupied) {
    if (!last.equals(request.source()) || ms > 0) {
      legs.add(new Leg(last + " to " + request.source(), occupied, ms - occupied));
    }
  }
}
