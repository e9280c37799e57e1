package io.edgeshard.verticles.placement;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.membership.SharedMaps;
import io.edgeshard.verticles.pipeline.PlanSwitch;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.NodeLeaving;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The placement on the bus: hears who is here, makes nodes load, publishes the plan. */
public final class PlacementVerticle extends VerticleBase {
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(15);

  private final PlacementTask task;
  private final PlanSwitch planSwitch;
  private final Consumer<PlacementState> listener;
  private final PlanPublication publication;
  private @Nullable Placement placement;

  public PlacementVerticle(
      PlacementTask task,
      PlanSwitch planSwitch,
      SharedMaps maps,
      Consumer<PlacementState> listener) {
    this.task = task;
    this.planSwitch = planSwitch;
    this.listener = listener;
    this.publication = new PlanPublication(plan -> maps.putPlan(plan).toCompletionStage());
  }

  @Override
  public Future<?> start() {
    Placement started =
        new Placement(task, this::load, new OnMyLoop(), this::changed, System::currentTimeMillis);
    placement = started;
    return vertx
        .eventBus()
        .<ProtocolMessage>consumer(
            Addresses.placement(),
            message -> {
              if (message.body() instanceof NodeLeaving leaving) {
                started.leaving(leaving.node());
              }
            })
        .completion();
  }

  /** Who is here; may be called by any thread. */
  public void nodesAre(List<NodeInfo> nodes) {
    context.runOnContext(
        go -> {
          if (placement != null) {
            placement.nodesAre(nodes);
          }
        });
  }

  private CompletionStage<?> load(NodeId node, LoadShard command) {
    DeliveryOptions limit = new DeliveryOptions().setSendTimeout(LOAD_LIMIT.toMillis());
    return vertx
        .eventBus()
        .<ProtocolMessage>request(Addresses.stage(node), command, limit)
        .toCompletionStage();
  }

  private void changed(PlacementState state) {
    listener.accept(state);
    publication.stateIs(state);
  }

  /** The plan switch, whose answers come back to the placement's own event loop. */
  private final class OnMyLoop implements PlanSwitch {
    @Override
    public CompletionStage<?> activate(ActivePlan plan) {
      return Future.fromCompletionStage(planSwitch.activate(plan), context).toCompletionStage();
    }

    @Override
    public void deactivate(String reason) {
      planSwitch.deactivate(reason);
    }

    @Override
    public boolean isIdle() {
      return planSwitch.isIdle();
    }
  }
}
