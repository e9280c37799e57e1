package io.edgeshard.verticles.placement;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.membership.SharedMaps;
import io.edgeshard.verticles.pipeline.PlanSwitch;
import io.edgeshard.verticles.placement.task.PlacementTask;
import io.edgeshard.verticles.placement.task.PlanQuestion;
import io.edgeshard.verticles.planning.Replanning;
import io.edgeshard.verticles.profile.ProfileMaps;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.NodeLeaving;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The placement on the bus: hears who is here, makes nodes load, publishes the plan. */
public final class PlacementVerticle extends VerticleBase implements Replanning {
  private final PlacementTask task;
  private final PlanSwitch planSwitch;
  private final Shared shared;
  private final Consumer<PlacementState> listener;
  private final PlanPublication publication;
  private @Nullable Placement placement;
  private @Nullable BusNodes others;

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
    BusNodes bus =
        new BusNodes(
            vertx.eventBus(),
            context,
            task,
            () -> ProfileMaps.of(shared.maps()).read(shared.isAlive()));
    Placement started =
        new Placement(
            task,
            new PlacementPorts(
                this::plan,
                bus,
                new LoopPlanSwitch(planSwitch, work -> context.runOnContext(go -> work.run())),
                bus,
                System::currentTimeMillis),
            this::changed);
    bus.listen(started::measurementsAre);
    others = bus;
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
          if (others != null) {
            others.read();
          }
        });
  }

  @Override
  public void planAgain() {
    onMyLoop(Placement::planAgain);
  }

  @Override
  public void planFor(Optional<Objective> objective, Optional<Planner> planner) {
    onMyLoop(current -> current.planFor(objective, planner));
  }

  @Override
  public void measureAgain() {
    onMyLoop(Placement::measureAgain);
  }

  @Override
  public void measureLinksAgain() {
    onMyLoop(Placement::measureLinksAgain);
  }

  private CompletionStage<PlanningResult> plan(PlanQuestion question) {
    return vertx.executeBlocking(question::answer, false).toCompletionStage();
  }

  private void onMyLoop(Consumer<Placement> task) {
    context.runOnContext(
        go -> {
          if (placement != null) {
            task.accept(placement);
          }
        });
  }

  private void changed(PlacementState state) {
    listener.accept(state);
    publication.stateIs(state);
  }
}
