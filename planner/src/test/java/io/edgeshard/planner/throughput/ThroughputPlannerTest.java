package io.edgeshard.planner.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.Models;
import io.edgeshard.planner.PaperTestbed;
import io.edgeshard.planner.PaperTestbed.Llama2;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective.MostTokensPerSecond;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.speed.MixedCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThroughputPlannerTest {
  private static final long MIB = 1L << 20;
  private static final long ROOMY = MemoryOffer.PROCESS_BYTES + 1000 * MIB;

  @Test
  void plan_limitOfTheTokenTime_isKeptAtTheCostOfTokensPerSecond() {
    PlanPrediction free = sevenBillion(OptionalDouble.empty());
    PlanPrediction hurried = sevenBillion(OptionalDouble.of(120));
    assertThat(free.loadedTokenMs()).isGreaterThan(120);
    assertThat(hurried.loadedTokenMs()).isLessThanOrEqualTo(120 * (1 + 1e-9));
    assertThat(hurried.tokensPerSecond()).isLessThan(free.tokensPerSecond());
  }

  @Test
  void plan_limitThatNoPlanKeeps_saysWhatOneSequenceTakes() {
    MostTokensPerSecond hurried = objective(PipelineMode.NO_BUBBLES, 8, OptionalDouble.of(20));
    Infeasible infeasible =
        (Infeasible) new ThroughputPlanner().plan(PaperTestbed.request(Llama2.SEVEN, hurried));
    assertThat(infeasible.reason())
        .contains("no plan gives a token every 20.0 ms, one sequence alone takes");
    assertThat(infeasible.missingBytes()).isZero();
  }

  @Test
  void plan_memoryTooSmall_saysHowMuchIsMissing() {
    PlanningRequest request =
        Models.request(Models.of(30, 100 * MIB), ROOMY, ROOMY)
            .withObjective(objective(PipelineMode.BUBBLES, 4, OptionalDouble.empty()));
    Infeasible infeasible = (Infeasible) new ThroughputPlanner().plan(request);
    assertThat(infeasible.reason()).contains("2 nodes together may use").contains("give n0");
    assertThat(infeasible.missingBytes()).isGreaterThan(1000 * MIB);
  }

  @Test
  void plan_sequencesUnderWay_haveTheirKvCacheInThePlansMemory() {
    PlanningRequest request =
        Models.request(Models.of(8, MIB), ROOMY, ROOMY)
            .withObjective(objective(PipelineMode.NO_BUBBLES, 16, OptionalDouble.empty()));
    Planned planned = (Planned) new ThroughputPlanner().plan(request);
    int sequences = planned.explanation().prediction().batching().sequences();
    long kvCacheBytes =
        planned.plan().stages().stream().mapToLong(stage -> stage.memory().kvCacheBytes()).sum();
    assertThat(sequences).isGreaterThan(request.workload().sequences());
    assertThat(kvCacheBytes)
        .isEqualTo(8L * 128 * sequences * request.model().kvCacheBytesPerTokenAndLayer());
  }

  @Test
  void plan_layersPinnedElsewhereOrSourceExcluded_isRefusedWithASentence() {
    PlanningRequest request = Models.request(Models.of(6, 1), ROOMY, ROOMY);
    Constraints pinned =
        new Constraints(0, false, Map.of(3, new NodeId("n1")), Set.of(), Map.of(), false);
    Constraints excluded = Constraints.NONE.withExcluded(Set.of(new NodeId("n0")));
    assertThat(refusal(request.withConstraints(pinned))).contains("to the source only");
    assertThat(refusal(request.withConstraints(excluded))).contains("source is excluded");
  }

  @Test
  void plan_moreUnlikeNodesThanCanBeSearched_isGoodAndSaysHowFarFromTheBest() {
    PlanningRequest request = manyUnlikeNodes(32);
    Planned planned = (Planned) new ThroughputPlanner().plan(request);
    assertThat(new PlanRules(request).violation(planned.plan())).isEmpty();
    assertThat(planned.explanation().bound().gap()).isBetween(0.0, 1.0);
    assertThat(new ThroughputPlanner().plan(request)).isEqualTo(planned);
  }

  @ParameterizedTest
  @EnumSource(MixedCluster.Room.class)
  void plan_manyDevicesOfTheCatalogue_isProvenNearlyBest(MixedCluster.Room room) {
    ModelSpec model = io.edgeshard.planner.catalogue.Models.find("llama-3.1-405b").orElseThrow();
    MostTokensPerSecond most = objective(PipelineMode.NO_BUBBLES, 32, OptionalDouble.empty());
    PlanningRequest request = MixedCluster.request(model, 64, room, most);
    Planned planned = (Planned) new ThroughputPlanner().plan(request);
    assertThat(new PlanRules(request).violation(planned.plan())).isEmpty();
    assertThat(planned.plan().layerCount()).isEqualTo(model.layerCount());
    assertThat(planned.explanation().bound().gap()).isBetween(0.0, 0.01);
  }

  @Test
  void plan_nodesThatAreAlike_takesTheFirstById() {
    PlanningRequest request =
        Models.request(Models.of(8, 200 * MIB), ROOMY, ROOMY, ROOMY, ROOMY)
            .withObjective(objective(PipelineMode.NO_BUBBLES, 1, OptionalDouble.empty()));
    Planned planned = (Planned) new ThroughputPlanner().plan(request);
    assertThat(planned.plan().stages())
        .extracting(ShardAssignment::node)
        .extracting(NodeId::value)
        .isSorted()
        .startsWith("n0", "n1");
  }

  private static String refusal(PlanningRequest request) {
    return ((Infeasible) new ThroughputPlanner().plan(request)).reason();
  }

  private static PlanPrediction sevenBillion(OptionalDouble limit) {
    MostTokensPerSecond most = objective(PipelineMode.NO_BUBBLES, 64, limit);
    Planned planned =
        (Planned) new ThroughputPlanner().plan(PaperTestbed.request(Llama2.SEVEN, most));
    return planned.explanation().prediction();
  }

  private static MostTokensPerSecond objective(
      PipelineMode mode, int sequences, OptionalDouble limit) {
    return new MostTokensPerSecond(mode, sequences, limit);
  }

  private static PlanningRequest manyUnlikeNodes(int count) {
    SplittableRandom random = new SplittableRandom(count);
    List<NodeProfile> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long bytes = MemoryOffer.PROCESS_BYTES + (long) (random.nextDouble(30, 50) * MIB);
      double layerMs = (1 << random.nextInt(4)) * random.nextDouble(0.95, 1.05);
      nodes.add(Models.node(new NodeId("n%02d".formatted(i)), MemoryOffer.of(bytes), layerMs));
    }
    List<LinkProfile> links = new ArrayList<>();
    for (NodeProfile from : nodes) {
      for (NodeProfile to : nodes) {
        if (!from.equals(to)) {
          double rate = random.nextDouble(0.5e6, 1.5e6);
          links.add(new LinkProfile(from.node(), to.node(), random.nextDouble(0.3, 2), rate));
        }
      }
    }
    PlanningRequest any = Models.request(Models.of(80, 4 * MIB), ROOMY);
    return new PlanningRequest(
        any.id(),
        any.model(),
        any.weightType(),
        new ClusterProfile(nodes, links),
        new NodeId("n00"),
        any.workload(),
        any.typical(),
        objective(PipelineMode.NO_BUBBLES, 32, OptionalDouble.empty()),
        Constraints.NONE,
        any.wire());
  }
}
