package io.edgeshard.verticles.placement;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.pipeline.PlanSwitch;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.wire.ProtocolCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings nodes and layers together, and again whenever the nodes change. Not thread-safe: one event
 * loop.
 *
 * <p>With a plan in force, a node that joins leads to a new plan once nothing runs; a node of the
 * plan that goes takes the plan out of force at once. A plan that failed to load is tried again
 * when the nodes change.
 */
public final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

  /** A plan that could not be loaded is tried again after this: what was wrong may have passed. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** Nodes are not measured yet: the planners used here look at memory alone. */
  private static final ComputeProfile SAME_EVERYWHERE =
      new ComputeProfile(
          new LayerTimes(TimeCurve.line(1, 1), 0),
          new LayerTimes(TimeCurve.line(1, 1), 0),
          TimeCurve.none(),
          TimeCurve.none(),
          TimeCurve.none());

  private enum Phase {
    WAITING,
    LOADING,
    READY,
    FAILED
  }

  private final PlacementTask task;
  private final ShardLoading loading;
  private final PlanSwitch planSwitch;
  private final Consumer<PlacementState> listener;
  private final LongSupplier epochMillis;

  private Phase phase = Phase.WAITING;
  private String reason = PlacementState.starting().reason();
  private Optional<ShardPlan> plan = Optional.empty();
  private List<NodeInfo> nodes = List.of();
  private Set<NodeInfo> tried = Set.of();
  private long lastPlanId;
  private long retryMillis = Long.MAX_VALUE;

  /**
   * A placement that has not seen a node yet.
   *
   * @param listener hears of every change
   * @param epochMillis wall clock: plan ids grow with it, over restarts too
   */
  public Placement(
      PlacementTask task,
      ShardLoading loading,
      PlanSwitch planSwitch,
      Consumer<PlacementState> listener,
      LongSupplier epochMillis) {
    this.task = task;
    this.loading = loading;
    this.planSwitch = planSwitch;
    this.listener = listener;
    this.epochMillis = epochMillis;
  }

  /** Who is here now; called at every change and now and then. */
  public void nodesAre(List<NodeInfo> here) {
    nodes = here;
    lostNode().ifPresent(this::lost);
    boolean changed = !tried.equals(Set.copyOf(here));
    boolean due =
        switch (phase) {
          case WAITING -> true;
          case LOADING -> false;
          case READY -> changed && planSwitch.isIdle();
          case FAILED -> changed || epochMillis.getAsLong() >= retryMillis;
        };
    if (due) {
      planNext();
    }
    tell();
  }

  /** A node is about to leave in order. */
  public void leaving(NodeId node) {
    nodesAre(nodes.stream().filter(info -> !info.node().equals(node.value())).toList());
  }

  private Optional<NodeId> lostNode() {
    if (phase != Phase.LOADING && phase != Phase.READY) {
      return Optional.empty();
    }
    Set<String> here = new HashSet<>(nodes.stream().map(NodeInfo::node).toList());
    // A node that restarted under its name between two looks has lost its shard as well.
    Set<String> same =
        new HashSet<>(nodes.stream().filter(tried::contains).map(NodeInfo::node).toList());
    return plan.stream()
        .flatMap(current -> current.stages().stream())
        .map(ShardAssignment::node)
        .filter(node -> !here.contains(node.value()) || !same.contains(node.value()))
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
    planSwitch.deactivate(message);
  }

  private void planNext() {
    List<NodeInfo> usable =
        nodes.stream().filter(info -> ProtocolCodec.talksTo(info.protocolVersion())).toList();
    boolean sourceIsHere =
        usable.stream().anyMatch(info -> info.node().equals(task.source().value()));
    if (!sourceIsHere || usable.size() < task.nodeCount()) {
      String waiting =
          "waiting for nodes: %d of %d are here".formatted(usable.size(), task.nodeCount());
      reason = reason.startsWith("node ") ? reason.split(";", 2)[0] + "; " + waiting : waiting;
      return;
    }
    tried = Set.copyOf(nodes);
    PlanningResult result = task.planner().plan(request(usable));
    if (result instanceof Infeasible infeasible && phase == Phase.READY) {
      LOG.warn("event=plan-kept reason=\"{}\"", infeasible.reason());
    } else if (result instanceof Infeasible infeasible) {
      retryMillis = Long.MAX_VALUE;
      fail("no plan fits: " + infeasible.reason());
    } else if (result instanceof Planned planned && !sameStages(planned.plan())) {
      load(planned.plan());
    }
  }

  private boolean sameStages(ShardPlan next) {
    return phase == Phase.READY && plan.orElseThrow().stages().equals(next.stages());
  }

  private PlanningRequest request(List<NodeInfo> usable) {
    lastPlanId = Math.max(lastPlanId + 1, epochMillis.getAsLong());
    return new PlanningRequest(
        new PlanId(lastPlanId),
        task.model(),
        task.weightType(),
        cluster(usable),
        task.source(),
        task.workload(),
        TypicalRequest.OF_THE_PAPER,
        new Objective.LeastTokenTime(),
        Constraints.NONE,
        WireFormat.FLOAT32);
  }

  private static ClusterProfile cluster(List<NodeInfo> usable) {
    List<NodeProfile> nodes = new ArrayList<>();
    List<LinkProfile> links = new ArrayList<>();
    for (NodeInfo from : usable) {
      nodes.add(
          new NodeProfile(
              from.id(),
              from.node(),
              MemoryOffer.of(from.memoryLimitBytes()),
              SAME_EVERYWHERE,
              Optional.empty()));
      usable.stream()
          .filter(to -> !to.equals(from))
          .forEach(to -> links.add(new LinkProfile(from.id(), to.id(), 0, Integer.MAX_VALUE)));
    }
    return new ClusterProfile(nodes, links);
  }

  private void load(ShardPlan next) {
    if (phase == Phase.READY) {
      planSwitch.deactivate("the layers are being distributed anew");
    }
    phase = Phase.LOADING;
    plan = Optional.of(next);
    reason = "nodes are loading their layers";
    LOG.info("event=plan-loading planId={} stages={}", next.id(), next.stages().size());
    CompletableFuture<?>[] loads =
        IntStream.range(0, next.stages().size())
            .mapToObj(stage -> loadStage(next, stage))
            .toArray(CompletableFuture<?>[]::new);
    CompletionStage<Void> allLoaded = CompletableFuture.allOf(loads);
    allLoaded
        .thenCompose(loaded -> activate(next))
        .whenComplete((done, failure) -> loaded(next, failure));
  }

  private CompletionStage<Void> activate(ShardPlan next) {
    return isCurrent(next)
        ? planSwitch.activate(new ActivePlan(next, task.workload())).thenApply(done -> null)
        : CompletableFuture.completedFuture(null);
  }

  private CompletableFuture<?> loadStage(ShardPlan next, int stage) {
    ShardAssignment assignment = next.stages().get(stage);
    LoadShard command =
        new LoadShard(
            next.id(),
            stage,
            assignment.layers(),
            assignment.isLast()
                ? Optional.empty()
                : Optional.of(next.stages().get(stage + 1).node()),
            task.weightType(),
            task.workload(),
            task.modelSha256());
    return loading.load(assignment.node(), command).toCompletableFuture();
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
      planSwitch.deactivate("the plan could not be loaded");
      retryMillis = epochMillis.getAsLong() + RETRY_AFTER.toMillis();
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
    listener.accept(new PlacementState(phase == Phase.READY, reason, plan, nodes));
  }
}
