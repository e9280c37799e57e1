package io.edgeshard.verticles.placement;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.placement.PlacementState.Phase;
import io.edgeshard.verticles.placement.PlacementState.Standing;
import io.edgeshard.verticles.placement.task.PlacementTask;
import io.edgeshard.verticles.placement.task.PlanQuestion;
import io.edgeshard.verticles.placement.watch.BetterPlan;
import io.edgeshard.verticles.placement.watch.ServingWatch;
import io.edgeshard.verticles.placement.watch.Settling;
import io.edgeshard.verticles.profile.Measurements;
import io.edgeshard.verticles.profile.schedule.ProfiledModel;
import io.edgeshard.verticles.profile.schedule.Profiling;
import io.edgeshard.verticles.protocol.NodeFailureException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings nodes and layers together, and again whenever the nodes change: waits until enough are
 * here and all is measured, plans, rolls out. Not thread-safe: one event loop.
 *
 * <p>With a plan in force, a node that joins leads to a new plan once it is measured and nothing
 * runs; a node of the plan that goes takes the plan out of force at once. A plan that failed to
 * load is tried again when the nodes change.
 */
public final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

  /** A plan that could not be loaded is tried again after this: what was wrong may have passed. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  private final PlacementPorts ports;
  private final Consumer<PlacementState> listener;
  private final Rollout rollout;
  private final Profiling profiling;
  private final Asking asking;
  private final ServingWatch watch;
  private final Settling settling = new Settling();

  private Phase phase = Phase.WAITING;
  private String doing = PlacementState.starting().reason();
  private List<Loss> losses = List.of();
  private Optional<ShardPlan> plan = Optional.empty();
  private Optional<PlanQuestion> question = Optional.empty();
  private Optional<Planned> planned = Optional.empty();
  private List<NodeInfo> nodes = List.of();
  private Set<NodeInfo> tried = Set.of();
  private boolean asked;
  private boolean drifted;
  private long retryMillis = Long.MAX_VALUE;

  /**
   * A placement that has not seen a node yet.
   *
   * @param listener hears of every change
   */
  Placement(PlacementTask task, PlacementPorts ports, Consumer<PlacementState> listener) {
    this.ports = ports;
    this.listener = listener;
    this.rollout = new Rollout(task, ports);
    this.watch =
        new ServingWatch(
            ports.planSwitch()::measured,
            ports.measuring(),
            ports.epochMillis(),
            task.model().spec().hiddenSize() * Float.BYTES);
    this.profiling =
        new Profiling(
            new ProfiledModel(task.model().sha256(), task.model().weightType()),
            task.source(),
            ports.measuring(),
            ports.epochMillis());
    this.asking = new Asking(task, ports, profiling);
  }

  /** Who is here now; called at every change and now and then. */
  void nodesAre(List<NodeInfo> here) {
    nodes = here;
    asking.nodesAre(here);
    List<Loss> gone = plan.map(current -> Loss.of(current, tried, nodes)).orElse(List.of());
    Set<NodeId> ids = nodes.stream().map(NodeInfo::id).collect(Collectors.toSet());
    losses =
        Stream.concat(losses.stream(), gone.stream())
            .distinct()
            .filter(loss -> !ids.contains(loss.node().id()))
            .toList();
    if (!gone.isEmpty() && (phase == Phase.LOADING || phase == Phase.READY)) {
      lost(gone);
    }
    look();
  }

  /** What the nodes have published of what they measured. */
  void measurementsAre(Measurements published) {
    profiling.measurementsAre(published);
    look();
  }

  /** A node is about to leave in order. */
  void leaving(NodeId node) {
    nodesAre(nodes.stream().filter(info -> !info.node().equals(node.value())).toList());
  }

  /** Plans with what is known, once nothing runs. */
  void planAgain() {
    drifted = false;
    asked = true;
    look();
  }

  /** Plans for this from now on, once nothing runs; what is empty stays as it is. */
  void planFor(Optional<Objective> objective, Optional<Planner> planner) {
    asking.want(objective, planner);
    planAgain();
  }

  /** Measures all nodes and links anew, then plans, once nothing runs. */
  void measureAgain() {
    profiling.measureAgain();
    planAgain();
  }

  /** Measures the links between the nodes anew, then plans, once nothing runs. */
  void measureLinksAgain() {
    profiling.measureLinksAgain();
    planAgain();
  }

  private void look() {
    boolean isIdle = ports.planSwitch().isIdle();
    if (settling.isDue(tried, phase == Phase.READY && isIdle, ports.epochMillis().getAsLong())) {
      profiling.measureLinksAgain();
      betterPlanIsWelcome();
    }
    Set<NodeId> inUse = plan.map(ShardPlan::nodes).map(Set::copyOf).orElse(Set.of());
    profiling.advance(phase == Phase.READY && !isIdle, inUse, this::look);
    boolean changed = !tried.equals(Set.copyOf(nodes)) || asked;
    boolean due =
        switch (phase) {
          case WAITING -> true;
          case LOADING -> false;
          case READY -> changed && isIdle;
          case FAILED -> changed || ports.epochMillis().getAsLong() >= retryMillis;
        };
    if (due && !asking.isThinking()) {
      planNext();
    }
    if (phase == Phase.READY) {
      question.ifPresent(
          about ->
              planned =
                  planned.map(current -> watch.look(about.request(), current, this::refresh)));
    }
    tell();
  }

  /** Measures all anew because what is served has drifted. */
  private void refresh() {
    profiling.measureAgain();
    betterPlanIsWelcome();
  }

  /** Plans, unless somebody asked for a plan, only for one that is worth moving layers for. */
  private void betterPlanIsWelcome() {
    drifted |= !asked;
    asked = true;
  }

  private void lost(List<Loss> gone) {
    phase = Phase.WAITING;
    doing = "";
    gone.forEach(
        loss -> LOG.warn("event=node-lost node={} layers={}", loss.node().node(), loss.layers()));
    ports.planSwitch().deactivate(gone.get(0).words());
    // What is known must do now: people wait.
    profiling.measureNothingAgain();
  }

  private void planNext() {
    asking
        .missing()
        .ifPresentOrElse(
            waiting -> {
              if (phase != Phase.READY) {
                doing = waiting;
              }
            },
            this::plan);
  }

  private void plan() {
    tried = Set.copyOf(nodes);
    boolean onlyIfBetter = drifted;
    asked = false;
    drifted = false;
    asking.ask(
        watch.intakeMs(),
        (next, result, failure) -> {
          answered(next, onlyIfBetter, result, failure);
          tell();
        });
  }

  private void answered(
      PlanQuestion answered,
      boolean onlyIfBetter,
      @Nullable PlanningResult result,
      @Nullable Throwable failure) {
    boolean isReady = phase == Phase.READY;
    boolean isStale = !tried.equals(Set.copyOf(nodes)) || (isReady && !ports.planSwitch().isIdle());
    if (isStale) {
      // Who is here has changed meanwhile, or an answer has begun: asked again at the next look.
      drifted = onlyIfBetter && !asked;
      asked = true;
    } else if (result instanceof Planned next) {
      question = Optional.of(answered);
      take(
          onlyIfBetter && isReady
              ? new BetterPlan(answered.request()).than(plan.orElseThrow(), next)
              : next);
    } else {
      question = isReady ? question : Optional.of(answered);
      noPlan(
          result instanceof Infeasible infeasible
              ? "no plan fits: " + infeasible.reason()
              : "the planner failed: "
                  + NodeFailureException.told(Objects.requireNonNull(failure)));
    }
  }

  private void noPlan(String why) {
    if (phase == Phase.READY) {
      LOG.warn("event=plan-kept reason=\"{}\"", why);
    } else {
      retryMillis = Long.MAX_VALUE;
      fail(why);
    }
  }

  private void take(Planned next) {
    boolean sameStages =
        phase == Phase.READY && plan.orElseThrow().stages().equals(next.plan().stages());
    if (sameStages) {
      planned = Optional.of(new Planned(plan.orElseThrow(), next.explanation()));
    } else {
      planned = Optional.of(next);
      load(next.plan());
    }
  }

  private void load(ShardPlan next) {
    if (phase == Phase.READY) {
      ports.planSwitch().change("the layers are being distributed anew");
    }
    phase = Phase.LOADING;
    plan = Optional.of(next);
    doing = "nodes are loading their layers";
    LOG.info("event=plan-loading planId={} stages={}", next.id(), next.stages().size());
    rollout
        .begin(next, () -> isCurrent(next))
        .whenComplete((done, failure) -> loaded(next, failure));
  }

  private void loaded(ShardPlan next, @Nullable Throwable failure) {
    if (!isCurrent(next)) {
      return;
    }
    if (failure == null) {
      phase = Phase.READY;
      doing = "";
      losses = List.of();
      LOG.info("event=plan-ready planId={}", next.id());
    } else {
      ports.planSwitch().deactivate("the plan could not be loaded");
      retryMillis = ports.epochMillis().getAsLong() + RETRY_AFTER.toMillis();
      fail(NodeFailureException.told(failure));
    }
    tell();
  }

  private boolean isCurrent(ShardPlan next) {
    return phase == Phase.LOADING
        && plan.filter(current -> current.id().equals(next.id())).isPresent();
  }

  private void fail(String why) {
    phase = Phase.FAILED;
    doing = why;
    LOG.warn("event=placement-failed reason=\"{}\"", why);
  }

  private void tell() {
    listener.accept(
        new PlacementState(
            new Standing(phase, doing, losses), plan, nodes, question, planned, profiling.nodes()));
  }
}
