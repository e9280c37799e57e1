package io.edgeshard.verticles.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PlanPublicationTest {
  private final List<Long> put = new ArrayList<>();
  private CompletableFuture<Object> answer = new CompletableFuture<>();
  private final PlanPublication publication =
      new PlanPublication(
          plan -> {
            put.add(plan.id().value());
            return answer;
          });

  @Test
  void stateIs_ready_publishesThePlanOnce() {
    publication.stateIs(ready(1));
    publication.stateIs(ready(1));
    answer.complete("taken");
    publication.stateIs(ready(1));
    assertThat(put).containsExactly(1L);
  }

  @Test
  void stateIs_putFailed_publishesItAgainAtTheNextLook() {
    publication.stateIs(ready(1));
    answer.completeExceptionally(new IllegalStateException("the owner is frozen"));
    answer = new CompletableFuture<>();
    publication.stateIs(ready(1));
    answer.complete("taken");
    publication.stateIs(ready(1));
    assertThat(put).containsExactly(1L, 1L);
  }

  @Test
  void stateIs_nextPlan_isPublishedToo() {
    publication.stateIs(ready(1));
    publication.stateIs(ready(2));
    answer.complete("taken");
    publication.stateIs(ready(2));
    assertThat(put).containsExactly(1L, 2L);
  }

  @Test
  void stateIs_notReady_publishesNothing() {
    publication.stateIs(state(false, ready(1).plan().orElseThrow()));
    publication.stateIs(PlacementState.starting());
    assertThat(put).isEmpty();
  }

  private static PlacementState ready(long id) {
    ShardPlan plan =
        new ShardPlan(
            new PlanId(id),
            List.of(
                new ShardAssignment(
                    new NodeId("a"),
                    new LayerRange(0, 5),
                    true,
                    true,
                    new MemoryEstimate(1, 1, 1, 1, 0))));
    return state(true, plan);
  }

  private static PlacementState state(boolean ready, ShardPlan plan) {
    return new PlacementState(
        new PlacementState.Standing(
            ready ? PlacementState.Phase.READY : PlacementState.Phase.LOADING,
            ready ? "" : "nodes are loading",
            List.of()),
        Optional.of(plan),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
