package io.edgeshard.verticles.placement;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.membership.SharedMaps;
import io.edgeshard.verticles.pipeline.PlanSwitch;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.profile.ProfileMaps;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.NodeLeaving;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The placement on the bus: hears who is here, makes nodes load, publishes the plan. */
public final class PlacementVerticle extends VerticleBase {
  private static final Duration LOAD_LIMIT = Duration.ofMinutes(15);

  private final PlacementTask task;
  private final PlanSwitch planSwitch;
  private final Shared shared;
  private final Consumer<PlacementState> listener;
  private final PlanPublication publication;
  private @Nullable Placement placement;
  private @Nullable BusMeasuring measuring;

  /**
   * What is shared with the other nodes.
   *
   * @param maps where the plan is published, and what was measured is found
   * @param isAlive whether the process of a member id is in the cluster
   */
  public record Shared(SharedMaps maps, Predicate<String> isAlive) {}

  public PlacementVerticle(
      PlacementTask task, PlanSwitch planSwitch, Shared shared, Consumer<PlacementState> listener) {
    this.task = task;
    this.planSwitch = planSwitch;
    this.shared = shared;
    this.listener = listener;
    this.publication = new PlanPublication(plan -> shared.maps().putPlan(plan).toCompletionStage());
  }

  @Override
  public Future<?> start() {
    BusMeasuring bus =
        new BusMeasuring(
            vertx.eventBus(),
            context,
            task,
            () -> ProfileMaps.of(shared.maps()).read(shared.isAlive()));
    Placement started =
        new Placement(
            task,
            new PlacementPorts(this::load, new OnMyLoop(), bus, System::currentTimeMillis),
            this::changed);
    bus.listen(started::measurementsAre);
    measuring = bus;
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
    onMyLoop(
        current -> {
          current.nodesAre(nodes);
          if (measuring != null) {
            measuring.read();
          }
        });
  }

  /** Plans with what is known, once nothing runs; may be called by any thread. */
  public void planAgain() {
    onMyLoop(Placement::planAgain);
  }

  /** Measures everything anew, then plans, once nothing runs; may be called by any thread. */
  public void measureAgain() {
    onMyLoop(Placement::measureAgain);
  }

  private void onMyLoop(Consumer<Placement> task) {
    context.runOnContext(
        go -> {
          if (placement != null) {
            task.accept(placement);
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
    public Optional<MeasuredServing> measured() {
      return planSwitch.measured();
    }

    @Override
    public boolean isIdle() {
      return planSwitch.isIdle();
    }
  }
}
