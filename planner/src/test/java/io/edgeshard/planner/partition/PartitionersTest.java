package io.edgeshard.planner.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.planner.Models;
import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PartitionersTest {
  private static final long MIB = 1L << 20;
  private static final long ROOMY = MemoryOffer.PROCESS_BYTES + 1000 * MIB;
  private final Planner proportional = new ProportionalPartitioner();

  @Test
  void proportional_equalNodes_cutsEvenly() {
    assertThat(counts(proportional, Models.request(Models.of(30, MIB), ROOMY, ROOMY, ROOMY)))
        .containsExactly(10, 10, 10);
  }

  @Test
  void proportional_unequalNodes_followsMemory() {
    PlanningRequest request = Models.request(Models.of(12, MIB), ROOMY, 2 * ROOMY, 3 * ROOMY);
    assertThat(counts(proportional, request)).containsExactly(2, 4, 6);
  }

  @Test
  void proportional_nodeTooSmallForALayer_isLeftOut() {
    PlanningRequest request = Models.request(Models.of(6, 10 * MIB), ROOMY, 10 * MIB, ROOMY);
    assertThat(plan(proportional, request).stages())
        .extracting(stage -> stage.node().value())
        .containsExactly("n0", "n2");
  }

  @Test
  void proportional_moreNodesThanLayers_usesOnlyAsManyAsLayers() {
    PlanningRequest request = Models.request(Models.of(2, MIB), ROOMY, ROOMY, ROOMY, ROOMY);
    assertThat(counts(proportional, request)).containsExactly(1, 1);
  }

  @Test
  void proportional_modelTooLarge_saysWhatIsNeededAndFound() {
    PlanningResult result =
        proportional.plan(Models.request(Models.of(30, 100 * MIB), ROOMY, ROOMY));
    assertThat(((PlanningResult.Infeasible) result).reason())
        .contains("weights")
        .contains("KV cache")
        .contains("2 nodes may use 2600 MiB")
        .contains("add a node");
  }

  @Test
  void proportional_sourceTooSmall_saysSo() {
    PlanningResult result = proportional.plan(Models.request(Models.of(4, MIB), MIB, ROOMY));
    assertThat(((PlanningResult.Infeasible) result).reason()).contains("the source must hold");
  }

  @Property(tries = 500)
  void proportional_anyCluster_coversEachLayerOnceWithinMemory(
      @ForAll @IntRange(min = 1, max = 40) int layers,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 900) Integer> extraMib) {
    long[] memory =
        extraMib.stream().mapToLong(mib -> MemoryOffer.PROCESS_BYTES + mib * MIB).toArray();
    PlanningRequest request = Models.request(Models.of(layers, 16 * MIB), memory);
    PlanningResult result = proportional.plan(request);
    assertThat(proportional.plan(request)).isEqualTo(result);
    if (result instanceof PlanningResult.Planned planned) {
      assertThat(planned.plan().layerCount()).isEqualTo(layers);
      for (ShardAssignment stage : planned.plan().stages()) {
        assertThat(stage.memory().totalBytes())
            .isLessThanOrEqualTo(
                request.cluster().find(stage.node()).orElseThrow().memory().usableBytes());
      }
    }
  }

  @Test
  void byHand_counts_areObeyed() {
    assertThat(
            counts(
                new LayersByHand(List.of(1, 5)), Models.request(Models.of(6, MIB), ROOMY, ROOMY)))
        .containsExactly(1, 5);
  }

  @Test
  void byHand_wrongSum_saysBoth() {
    PlanningResult result =
        new LayersByHand(List.of(1, 4)).plan(Models.request(Models.of(6, MIB), ROOMY, ROOMY));
    assertThat(((PlanningResult.Infeasible) result).reason()).contains("6").contains("5");
  }

  @Test
  void byHand_moreCountsThanNodes_saysBoth() {
    PlanningResult result =
        new LayersByHand(List.of(3, 3)).plan(Models.request(Models.of(6, MIB), ROOMY));
    assertThat(((PlanningResult.Infeasible) result).reason()).contains("2 nodes, but there are 1");
  }

  @Test
  void byHand_stageThatDoesNotFit_isRefusedWithTheSum() {
    PlanningResult result =
        new LayersByHand(List.of(1, 5))
            .plan(
                Models.request(
                    Models.of(6, 100 * MIB), ROOMY, MemoryOffer.PROCESS_BYTES + 300 * MIB));
    assertThat(((PlanningResult.Infeasible) result).reason())
        .contains("layers [1, 6) need")
        .contains("n1 may use 600 MiB");
  }

  @Test
  void byHand_countBelowOne_isRefused() {
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
