package io.edgeshard.planner.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.Models;
import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayersByHandTest {
  private static final long MIB = 1L << 20;
  private static final long ROOMY = MemoryOffer.PROCESS_BYTES + 1000 * MIB;

  @Test
  void plan_counts_areObeyed() {
    assertThat(
            counts(
                new LayersByHand(List.of(1, 5)), Models.request(Models.of(6, MIB), ROOMY, ROOMY)))
        .containsExactly(1, 5);
  }

  @Test
  void plan_wrongSum_saysBoth() {
    PlanningResult result =
        new LayersByHand(List.of(1, 4)).plan(Models.request(Models.of(6, MIB), ROOMY, ROOMY));
    assertThat(((PlanningResult.Infeasible) result).reason()).contains("6").contains("5");
  }

  @Test
  void plan_moreCountsThanNodes_saysBoth() {
    PlanningResult result =
        new LayersByHand(List.of(3, 3)).plan(Models.request(Models.of(6, MIB), ROOMY));
    assertThat(((PlanningResult.Infeasible) result).reason()).contains("2 nodes, but there are 1");
  }

  @Test
  void plan_stageThatDoesNotFit_isRefusedWithTheSum() {
    PlanningResult result =
        new LayersByHand(List.of(1, 5))
            .plan(
                Models.request(
                    Models.of(6, 100 * MIB), ROOMY, MemoryOffer.PROCESS_BYTES + 300 * MIB));
    assertThat(((PlanningResult.Infeasible) result).reason())
        .contains("layers [1, 6) need")
        .contains("n1, but it may use 600 MiB");
  }

  @Test
  void plan_countBelowOne_isRefused() {
    assertThatThrownBy(() -> new LayersByHand(List.of(3, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 or more");
  }

  private static ShardPlan plan(Planner planner, PlanningRequest request) {
    return ((PlanningResult.Planned) planner.plan(request)).plan();
  }

  private static List<Integer> counts(Planner planner, PlanningRequest request) {
    return plan(planner, request).stages().stream().map(stage -> stage.layers().count()).toList();
  }
}
