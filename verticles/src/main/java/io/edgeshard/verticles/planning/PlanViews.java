package io.edgeshard.verticles.planning;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.plan.Bound;
import io.edgeshard.planner.plan.HopPrediction;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.StagePrediction;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.pipeline.timing.ServedPrediction;
import io.edgeshard.web.plan.MemoryView;
import io.edgeshard.web.plan.PlanView;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan with its question and what it gave, as people are shown it. */
public final class PlanViews {
  private static final double MS_PER_SECOND = 1000;
  private static final double BITS_PER_BYTE = 8;
  private static final double MEGA = 1e6;
  private static final double PERCENT = 100;

  private final PlanningRequest request;
  private final Planned planned;
  private final PlanPrediction prediction;
  private final Map<NodeId, Integer> cores;
  private final Optional<MeasuredServing> served;

  /** For requests as long as those served; the usual one before anything was. */
  private final PlanPrediction compared;

  private PlanViews(
      PlanningRequest request,
      Planned planned,
      Map<NodeId, Integer> cores,
      Optional<MeasuredServing> served) {
    this.request = request;
    this.planned = planned;
    this.prediction = planned.explanation().prediction();
    this.cores = cores;
    this.served = served.filter(this::isOfThisPlan);
    this.compared =
        this.served
            .map(measured -> ServedPrediction.of(request, planned, measured))
            .orElse(prediction);
  }

  /** The plan in force, if there is one and its nodes are those that were asked about last. */
  public static Optional<PlanView> inForce(PlanFacts facts) {
    return facts
        .planned()
        .filter(planned -> isAbout(planned, facts.request()))
        .map(
            planned ->
                new PlanViews(facts.request(), planned, facts.cores(), facts.served())
                    .view(planned.plan().id().value(), List.of()));
  }

  /** A plan that is not in force. */
  public static PlanView imagined(Scenario scenario, Planned planned, Map<NodeId, Integer> cores) {
    return new PlanViews(scenario.request(), planned, cores, Optional.empty())
        .view(0, scenario.notes());
  }

  private static boolean isAbout(Planned planned, PlanningRequest request) {
    return planned.plan().nodes().stream()
        .allMatch(node -> request.cluster().find(node).isPresent());
  }

  private boolean isOfThisPlan(MeasuredServing measured) {
    return measured.planId() == planned.plan().id().value()
        && measured.stageDecodeMs().size() == prediction.stages().size()
        && measured.hopDecodeMs().size() == prediction.hops().size();
  }

  private PlanView view(long planId, List<String> notes) {
    return new PlanView(
        planId,
        planned.explanation().planner(),
        Objectives.words(request.objective()),
        request.source().value(),
        request.model().name(),
        request.weightType().label(),
        request.model().layerCount(),
        promise(),
        nodes(),
        stages(),
        hops(),
        request.cluster().links().stream()
            .filter(link -> !link.isInner())
            .map(PlanViews::link)
            .toList(),
        figures(prediction),
        served(),
        bestSingle(),
        bound(),
        planned.explanation().leftOut().stream()
            .map(out -> new PlanView.LeftOut(out.node().value(), out.reason()))
            .toList(),
        notes(notes));
  }

  private PlanView.Promise promise() {
    return new PlanView.Promise(
        request.workload().contextTokens(),
        request.workload().sequences(),
        request.typical().promptTokens(),
        request.typical().newTokens());
  }

  private List<PlanView.Node> nodes() {
    Set<NodeId> order = new LinkedHashSet<>(planned.plan().nodes());
    request.cluster().nodes().forEach(node -> order.add(node.node()));
    CostModel costs = new CostModel(request);
    return order.stream().map(node -> node(costs.node(node), costs)).toList();
  }

  private PlanView.Node node(NodeProfile profile, CostModel costs) {
    NodeId node = profile.node();
    double prefillLayerMs = 0;
    for (int chunk = 0; chunk < costs.chunks().length; chunk++) {
      prefillLayerMs += costs.prefillLayerMs(node, chunk);
    }
    return new PlanView.Node(
        node.value(),
        profile.machine(),
        cores.getOrDefault(node, 0),
        profile.memory().usableBytes(),
        memory(node),
        costs.decodeLayerMs(node, 1),
        prefillLayerMs);
  }

  private @Nullable MemoryView memory(NodeId node) {
    return planned.plan().stages().stream()
        .filter(stage -> stage.node().equals(node))
        .map(ShardAssignment::memory)
        .map(PlanViews::view)
        .findFirst()
        .orElse(null);
  }

  private static MemoryView view(MemoryEstimate memory) {
    return new MemoryView(
        memory.weightsBytes(),
        memory.kvCacheBytes(),
        memory.activationsBytes(),
        memory.overheadBytes(),
        memory.headroomBytes());
  }

  private List<PlanView.Stage> stages() {
    List<PlanView.Stage> stages = new ArrayList<>();
    for (int i = 0; i < compared.stages().size(); i++) {
      int index = i;
      StagePrediction stage = compared.stages().get(i);
      ShardAssignment share = planned.plan().stages().get(i);
      stages.add(
          new PlanView.Stage(
              stage.node().value(),
              stage.layers().start(),
              stage.layers().end(),
              share.isFirst(),
              share.isLast(),
              stage.decodeMs(),
              stage.prefillMs(),
              served.map(measured -> measured.stageDecodeMs().get(index)).orElse(null)));
    }
    return stages;
  }

  private List<PlanView.Hop> hops() {
    List<PlanView.Hop> hops = new ArrayList<>();
    for (int i = 0; i < compared.hops().size(); i++) {
      int index = i;
      HopPrediction hop = compared.hops().get(i);
      hops.add(
          new PlanView.Hop(
              hop.from().value(),
              hop.to().value(),
              hop.decodeMs(),
              hop.prefillMs(),
              served.map(measured -> measured.hopDecodeMs().get(index)).orElse(null)));
    }
    return hops;
  }

  private static PlanView.Link link(LinkProfile link) {
    return new PlanView.Link(
        link.from().value(),
        link.to().value(),
        link.latencyMs(),
        link.bytesPerSecond() * BITS_PER_BYTE / MEGA);
  }

  private static PlanView.Figures figures(PlanPrediction prediction) {
    OptionalDouble joules = prediction.joulesPerToken();
    return new PlanView.Figures(
        prediction.ttftMs(),
        prediction.tokenMs(),
        MS_PER_SECOND / prediction.tokenMs(),
        joules.isPresent() ? joules.getAsDouble() : null);
  }

  private PlanView.@Nullable Served served() {
    return served
        .map(
            measured -> {
              TypicalRequest lengths = measured.lengths().request(request.typical());
              return new PlanView.Served(
                  lengths.promptTokens(),
                  lengths.newTokens(),
                  figures(compared),
                  new PlanView.Figures(
                      measured.ttftMs(),
                      measured.tokenMs(),
                      MS_PER_SECOND / measured.tokenMs(),
                      null));
            })
        .orElse(null);
  }

  private PlanView.@Nullable Single bestSingle() {
    return planned
        .explanation()
        .bestSingle()
        .map(single -> new PlanView.Single(single.node().value(), figures(single.prediction())))
        .orElse(null);
  }

  private PlanView.Bound bound() {
    Bound bound = planned.explanation().bound();
    return new PlanView.Bound(
        bound.value(),
        bound.lowerBound(),
        Double.isInfinite(bound.gap()) ? null : bound.gap() * PERCENT);
  }

  /** The question's notes, how many sequences the plan is best at once, and the planner's notes. */
  private List<String> notes(List<String> ofQuestion) {
    List<String> notes = new ArrayList<>(ofQuestion);
    if (prediction.batching().sequences() > 1) {
      notes.add(
          String.format(
              Locale.ROOT,
              "with %d sequences under way, %d at a time: %.1f tokens/s of all together, %.1f ms"
                  + " per token of each",
              prediction.batching().sequences(),
              prediction.batching().batch(),
              prediction.tokensPerSecond(),
              prediction.loadedTokenMs()));
    }
    notes.addAll(planned.explanation().notes());
    return notes;
  }
}
