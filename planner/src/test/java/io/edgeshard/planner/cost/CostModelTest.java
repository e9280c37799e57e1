package io.edgeshard.planner.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.edgeshard.planner.Models;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanPrediction;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CostModelTest {
  private static final NodeId SOURCE = new NodeId("n0");
  private static final NodeId OTHER = new NodeId("n1");
  private static final double LINK_MS = 0.1;
  private static final double INNER_MS = 0.4;

  private final PlanningRequest plain = Models.request(Models.of(4, 1 << 20), 1L << 30, 1L << 30);
  private final PlanningRequest request = withInnerLink(plain);

  private static PlanningRequest withInnerLink(PlanningRequest plain) {
    ClusterProfile cluster = plain.cluster();
    Stream<LinkProfile> inner = Stream.of(new LinkProfile(SOURCE, SOURCE, INNER_MS, 1e9));
    return plain.withCluster(
        new ClusterProfile(
            cluster.nodes(), Stream.concat(cluster.links().stream(), inner).toList()));
  }

  @Test
  void returnMs_fromTheSource_isItsWayToThePipelineAndBackToTheStage() {
    assertThat(new CostModel(request).returnMs(SOURCE, 1)).isEqualTo(2 * INNER_MS);
    assertThat(new CostModel(plain).returnMs(SOURCE, 1)).isZero();
  }

  @Test
  void returnMs_fromAnotherNode_endsInTheSourcesFirstStage() {
    CostModel costs = new CostModel(request);
    double occupiedMs = costs.returnOccupiedMs(OTHER, 1);
    assertThat(occupiedMs).isPositive();
    assertThat(costs.returnMs(OTHER, 1)).isCloseTo(LINK_MS + occupiedMs + INNER_MS, within(1e-12));
  }

  @Test
  void hopMs_withinANode_isNone() {
    assertThat(new CostModel(request).hopMs(SOURCE, SOURCE, 1)).isZero();
  }

  @Test
  void predict_oneNode_countsTheWayWithinItAndWhatARequestTakesBesides() {
    PlanningRequest slowlyTaken =
        new PlanningRequest(
            request.id(),
            request.model(),
            request.weightType(),
            request.cluster(),
            SOURCE,
            request.workload(),
            request.typical().withIntakeMs(9),
            request.objective(),
            request.constraints(),
            request.wire());
    PlanPrediction bare = predict(plain);
    PlanPrediction whole = predict(slowlyTaken);
    assertThat(whole.tokenMs()).isCloseTo(bare.tokenMs() + 2 * INNER_MS, within(1e-9));
    assertThat(whole.ttftMs()).isCloseTo(bare.ttftMs() + 2 * INNER_MS + 9, within(1e-9));
    assertThat(whole.hops().get(0).decodeMs()).isEqualTo(2 * INNER_MS);
  }

  private static PlanPrediction predict(PlanningRequest request) {
    return new PlanPredictor(request)
        .predict(
            new PlanRules(request).plan(List.of(SOURCE), new int[] {4}),
            Batching.ONE,
            PipelineMode.NO_BUBBLES);
  }
}
