package io.edgeshard.verticles.placement;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanExplanation;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.profile.ClusterProfiles;
import io.edgeshard.verticles.profile.Measurements;
import io.edgeshard.verticles.profile.schedule.ProfiledModel;
import io.edgeshard.verticles.profile.schedule.Profiling;
import io.edgeshard.verticles.protocol.wire.ProtocolCodec;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
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

  private static final double LITTLE_BETTER = 0.9;

  private enum Phase {
    WAITING,
    LOADING,
    READY,
    FAILED
  }

  private final PlacementTask task;
  private final PlacementPorts ports;
  private final Consumer<PlacementState> listener;
  private final Rollout rollout;
  private final Profiling profiling;
  private final ServingWatch watch;

  private Phase phase = Phase.WAITING;
  private String reason = PlacementState.starting().reason();
  private Optional<ShardPlan> plan = Optional.empty();
  private Optional<PlanningRequest> request = Optional.empty();
  private Optional<Planned> planned = Optional.empty();
  private List<NodeInfo> nodes = List.of();
  private Set<NodeInfo> tried = Set.of();
  private boolean asked;
  private boolean drifted;
  private long lastPlanId;
  private long retryMillis = Long.MAX_VALUE;

  /**
   * A placement that has not seen a node yet.
   *
   * @param listener hears of every change
   */
  Placement(PlacementTask task, PlacementPorts ports, Consumer<PlacementState> listener) {
    this.task = task;
    this.ports = ports;
    this.listener = listener;
    this.rollout = new Rollout(task, ports);
    this.watch = new ServingWatch(ports, task.model().spec().hiddenSize() * Float.BYTES);
    this.profiling =
        new Profiling(
            new ProfiledModel(task.model().sha256(), task.model().weightType()),
            ports.measuring(),
            ports.epochMillis());
  }

  /** Who is here now; called at every change and now and then. */
  void nodesAre(List<NodeInfo> here) {
    nodes = here;
    profiling.nodesAre(usable());
    lostNode().ifPresent(this::lost);
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
    asked = true;
    look();
  }

  /** Measures all nodes and links anew, then plans, once nothing runs. */
  void measureAgain() {
    profiling.measureAgain();
    drifted = false;
    planAgain();
  }

  private void look() {
    boolean isIdle = ports.planSwitch().isIdle();
    profiling.advance(phase == Phase.READY && !isIdle, inUse(), this::look);
    boolean changed = !tried.equals(Set.copyOf(nodes)) || asked;
    boolean due =
        switch (phase) {
          case WAITING -> true;
          case LOADING -> false;
          case READY -> changed && isIdle;
          case FAILED -> changed || ports.epochMillis().getAsLong() >= retryMillis;
        };
    if (due) {
      planNext();
    }
    if (phase == Phase.READY) {
      planned = planned.map(current -> watch.look(current, this::refresh));
    }
    tell();
  }

  /** Measures all anew because what is served has drifted; a better plan is a welcome result. */
  private void refresh() {
    profiling.measureAgain();
    asked = true;
    drifted = true;
  }

  private Set<NodeId> inUse() {
    return plan.map(ShardPlan::nodes).map(Set::copyOf).orElse(Set.of());
  }

  private List<NodeInfo> usable() {
    return nodes.stream().filter(info -> ProtocolCodec.talksTo(info.protocolVersion())).toList();
  }

  private Optional<NodeId> lostNode() {
    if (phase != Phase.LOADING && phase != Phase.READY) {
      return Optional.empty();
    }
    // A node that restarted under its name between two looks has lost its shard as well.
    Set<String> same = new HashSet<>();
    nodes.stream().filter(tried::contains).map(NodeInfo::node).forEach(same::add);
    return plan.stream()
        .flatMap(current -> current.stages().stream())
        .map(ShardAssignment::node)
        .filter(node -> !same.contains(node.value()))
        .findFirst();
  }

  private void lost(NodeId node) {
    String layers =
        plan.stream()
            .flatMap(current -> current.stages().stream())
            .filter(stage -> stage.node().equals(node))
            .map(stage -> stage.layers().toString())
            .findFirst()
            .orElse("");
    String message = "node " + node + ", which ran layers " + layers + ", has left the cluster";
    LOG.warn("event=node-lost node={} layers={}", node, layers);
    phase = Phase.WAITING;
    reason = message;
    ports.planSwitch().deactivate(message);
  }

  private void planNext() {
    waitingFor()
        .ifPresentOrElse(
            waiting -> {
              if (phase != Phase.READY) {
                reason = lostBefore() + waiting;
              }
            },
            this::plan);
  }

  /** What is missing before a plan can be made. */
  private Optional<String> waitingFor() {
    List<NodeInfo> usable = usable();
    boolean sourceIsHere =
        usable.stream().anyMatch(info -> info.node().equals(task.source().value()));
    return !sourceIsHere || usable.size() < task.nodeCount()
        ? Optional.of(
            "waiting for nodes: %d of %d are here".formatted(usable.size(), task.nodeCount()))
        : profiling.missing();
  }

  /** The loss that is waited after, which people should go on reading about. */
  private String lostBefore() {
    return reason.startsWith("node ") ? reason.split(";", 2)[0] + "; " : "";
  }

  private void plan() {
    tried = Set.copyOf(nodes);
    asked = false;
    lastPlanId = Math.max(lastPlanId + 1, ports.epochMillis().getAsLong());
    PlanningRequest question =
        task.request(
            new PlanId(lastPlanId),
            ClusterProfiles.of(profiling.nodes().values(), profiling.links().values()));
    PlanningResult result = task.goal().planner().plan(question);
    if (result instanceof Infeasible infeasible && phase == Phase.READY) {
      LOG.warn("event=plan-kept reason=\"{}\"", infeasible.reason());
    } else if (result instanceof Infeasible infeasible) {
      request = Optional.of(question);
      retryMillis = Long.MAX_VALUE;
      fail("no plan fits: " + infeasible.reason());
    } else if (result instanceof Planned next) {
      request = Optional.of(question);
      take(drifted && phase == Phase.READY ? unlessLittleBetter(question, next) : next);
      drifted = false;
    }
  }

  /** After a drift layers are moved for a tenth of the time at least: figures wander a little. */
  private Planned unlessLittleBetter(PlanningRequest question, Planned next) {
    ShardPlan current = plan.orElseThrow();
    PlanPrediction kept =
        new PlanPredictor(question).predict(current, Batching.ONE, PipelineMode.NO_BUBBLES);
    PlanExplanation why = next.explanation();
    return why.prediction().tokenMs() < LITTLE_BETTER * kept.tokenMs()
        ? next
        : new Planned(
            current,
            new PlanExplanation(
                why.planner(), kept, why.leftOut(), why.bound(), why.bestSingle(), why.notes()));
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
      ports.planSwitch().deactivate("the layers are being distributed anew");
    }
    phase = Phase.LOADING;
    plan = Optional.of(next);
    reason = "nodes are loading their layers";
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
      reason = "";
      LOG.info("event=plan-ready planId={}", next.id());
    } else {
      ports.planSwitch().deactivate("the plan could not be loaded");
      retryMillis = ports.epochMillis().getAsLong() + RETRY_AFTER.toMillis();
      fail(reasonOf(failure));
    }
    tell();
  }

  private static String reasonOf(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable told = failure instanceof CompletionException && cause != null ? cause : failure;
    return String.valueOf(told.getMessage());
  }

  private boolean isCurrent(ShardPlan next) {
    return phase == Phase.LOADING
        && plan.filter(current -> current.id().equals(next.id())).isPresent();
  }

  private void fail(String why) {
    phase = Phase.FAILED;
    reason = why;
    LOG.warn("event=placement-failed reason=\"{}\"", why);
  }

  private void tell() {
    listener.accept(
        new PlacementState(
            phase == Phase.READY, reason, plan, nodes, request, planned, profiling.nodes()));
  }
}
