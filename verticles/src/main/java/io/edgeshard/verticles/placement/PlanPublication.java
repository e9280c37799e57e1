package io.edgeshard.verticles.placement;

import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells others of each plan in force, again and again until it has been taken, one attempt at a
 * time. Not thread-safe: the placement's event loop.
 */
final class PlanPublication {
  private static final Logger LOG = LoggerFactory.getLogger(PlanPublication.class);

  private final Function<ShardPlan, CompletionStage<?>> put;
  private Optional<PlanId> published = Optional.empty();
  private boolean underWay;

  /** A publication; {@code put} fails when the plan was not taken, and always ends. */
  PlanPublication(Function<ShardPlan, CompletionStage<?>> put) {
    this.put = put;
  }

  /** Publishes the plan in force, unless it is published; called at every look. */
  void stateIs(PlacementState state) {
    state
        .plan()
        .filter(plan -> state.ready() && !underWay && !published.equals(Optional.of(plan.id())))
        .ifPresent(this::publish);
  }

  private void publish(ShardPlan plan) {
    underWay = true;
    put.apply(plan)
        .whenComplete(
            (done, failure) -> {
              underWay = false;
              if (failure == null) {
                published = Optional.of(plan.id());
              } else {
                LOG.warn(
                    "event=publish-failed planId={} reason=\"{}\"", plan.id(), failure.toString());
              }
            });
  }
}
