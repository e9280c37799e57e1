package io.edgeshard.verticles.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.PartWeights;
import io.edgeshard.planner.model.RopeSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.partition.LayersByHand;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.pipeline.PlanSwitch;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.placement.task.PlacementTask;
import io.edgeshard.verticles.placement.task.PlanQuestion;
import io.edgeshard.verticles.profile.LinkId;
import io.edgeshard.verticles.profile.Measurements;
import io.edgeshard.verticles.profile.Published;
import io.edgeshard.verticles.profile.schedule.Measuring;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import io.edgeshard.verticles.protocol.wire.ProtocolCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PlacementTest {
  private static final long MEMORY = MemoryOffer.PROCESS_BYTES + (64L << 20);
  private final List<LoadShard> loads = new ArrayList<>();
  private final List<ActivePlan> activated = new ArrayList<>();
  private final List<String> deactivated = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private final List<CompletableFuture<Object>> loadAnswers = new ArrayList<>();
  private CompletionStage<?> activateAnswer = CompletableFuture.completedFuture("answered");
  private final List<String> measuring = new ArrayList<>();
  private CompletableFuture<Object> measureAnswer = new CompletableFuture<>();
  private final List<String> seen = new ArrayList<>();
  private Optional<MeasuredServing> served = Optional.empty();
  private boolean idle = true;
  private boolean infeasible;
  private boolean thinking;
  private final List<PlanQuestion> questions = new ArrayList<>();
  private final List<CompletableFuture<PlanningResult>> thoughts = new ArrayList<>();
  private long nowMillis = 1000;
  private PlacementState state = PlacementState.starting();
  private final Placement placement =
      new Placement(
          new PlacementTask(
              new PlacementTask.Model(model(6), "sha", WeightType.FAST),
              new Workload(64, 1, 16),
              new NodeId("a"),
              2,
              new PlacementTask.Goal(new Objective.LeastTokenTime(), Constraints.NONE, this::plan)),
          new PlacementPorts(
              this::ask,
              this::load,
              new RecordingSwitch(),
              new RecordingMeasuring(),
              () -> nowMillis),
          next -> state = next);

  private List<String> lossNames() {
    return state.standing().losses().stream().map(loss -> loss.node().node()).sorted().toList();
  }

  @Test
  void nodesAre_secondLossWhileLoading_bothAreListed() {
    ready("a", "b", "c");
    see(nodes("a", "c"));
    assertThat(lossNames()).containsExactly("b");
    see(nodes("a"));
    assertThat(lossNames()).containsExactly("b", "c");
  }

  @Test
  void nodesAre_secondLossWhileNoPlanFits_bothAreListed() {
    ready("a", "b", "c");
    infeasible = true;
    see(nodes("a", "c"));
    assertThat(lossNames()).containsExactly("b");
    see(nodes("a"));
    assertThat(lossNames()).containsExactly("b", "c");
  }

  @Test
  void nodesAre_lostNodeIsBackAndLoads_isNotListedAsLost() {
    ready("a", "b");
    see(nodes("a"));
    see(List.of(node("a"), restarted("b")));
    assertThat(state.ready()).isFalse();
    assertThat(lossNames()).isEmpty();
  }

  @Test
  void nodesAre_tooFew_waitsAndSaysSo() {
    see(List.of(node("a")));
    assertThat(state.ready()).isFalse();
    assertThat(state.reason()).isEqualTo("waiting for nodes: 1 of 2 are here");
    assertThat(loads).isEmpty();
  }

  @Test
  void nodesAre_enough_loadsEveryStageThenActivates() {
    see(nodes("a", "b"));
    assertThat(loads).hasSize(2);
    assertThat(loads.get(0).next()).contains(new NodeId("b"));
    assertThat(loads.get(1).isLast()).isTrue();
    assertThat(state.reason()).contains("loading");
    answerLoad(0);
    assertThat(activated).isEmpty();
    answerLoad(1);
    assertThat(activated).hasSize(1);
    assertThat(state.ready()).isTrue();
    assertThat(state.reason()).isEmpty();
  }

  @Test
  void nodesAre_lookAgain_changesNothing() {
    ready("a", "b");
    see(nodes("a", "b"));
    assertThat(loads).hasSize(2);
    assertThat(state.ready()).isTrue();
  }

  @Test
  void nodesAre_nodeOfThePlanGone_isNotReadyAtOnceAndNamesIt() {
    ready("a", "b");
    see(nodes("a"));
    assertThat(deactivated)
        .containsExactly("node b, which ran layers [3, 6), has left the cluster");
    assertThat(state.ready()).isFalse();
    assertThat(state.reason()).contains("node b").contains("waiting for nodes: 1 of 2");
    see(nodes("a"));
    assertThat(state.reason())
        .isEqualTo(
            "node b, which ran layers [3, 6), has left the cluster; waiting for nodes: 1 of 2 are"
                + " here");
  }

  @Test
  void nodesAre_lostNodeIsBack_plansAnewWithAGreaterId() {
    ready("a", "b");
    see(nodes("a"));
    see(List.of(node("a"), restarted("b")));
    assertThat(loads).hasSize(4);
    assertThat(loads.get(3).plan()).isGreaterThan(loads.get(0).plan());
  }

  @Test
  void nodesAre_nodeRestartedBetweenTwoLooks_hasLostItsShard() {
    ready("a", "b");
    see(List.of(node("a"), restarted("b")));
    assertThat(deactivated).hasSize(1);
    assertThat(loads).hasSize(4);
  }

  @Test
  void nodesAre_newNodeWhileIdle_plansAnew() {
    ready("a", "b");
    see(nodes("a", "b", "c"));
    assertThat(loads).hasSize(5);
    assertThat(state.ready()).isFalse();
  }

  @Test
  void nodesAre_newNodeWhileBusy_waitsUntilIdle() {
    ready("a", "b");
    idle = false;
    see(nodes("a", "b", "c"));
    assertThat(loads).hasSize(2);
    assertThat(state.ready()).isTrue();
    idle = true;
    see(nodes("a", "b", "c"));
    assertThat(loads).hasSize(5);
  }

  @Test
  void nodesAre_goneWhileLoading_lateAnswersAreIgnored() {
    see(nodes("a", "b"));
    see(nodes("a"));
    answerLoad(0);
    answerLoad(1);
    assertThat(activated).isEmpty();
    assertThat(state.ready()).isFalse();
  }

  @Test
  void load_fails_saysWhyAndTriesAgainWhenNodesChange() {
    see(nodes("a", "b"));
    loadAnswers.get(0).completeExceptionally(new ModelException("b has no such model"));
    answerLoad(1);
    assertThat(state.reason()).isEqualTo("b has no such model");
    see(nodes("a", "b"));
    assertThat(loads).hasSize(2);
    see(nodes("a", "b", "c"));
    assertThat(loads).hasSize(5);
  }

  @Test
  void load_failsForAMoment_isTriedAgainAfterAWhile() {
    see(nodes("a", "b"));
    loadAnswers.get(0).completeExceptionally(new ModelException("no connection"));
    answerLoad(1);
    nowMillis += 9_000;
    see(nodes("a", "b"));
    assertThat(loads).hasSize(2);
    nowMillis += 1_000;
    see(nodes("a", "b"));
    assertThat(loads).hasSize(4);
  }

  @Test
  void activate_fails_saysWhyAndIsTriedAgainAfterAWhile() {
    activateAnswer =
        CompletableFuture.failedFuture(
            new ModelException("no first answer", new IllegalArgumentException("inner")));
    see(nodes("a", "b"));
    answerLoad(0);
    answerLoad(1);
    assertThat(state.ready()).isFalse();
    assertThat(state.reason()).isEqualTo("no first answer");
    assertThat(deactivated).containsExactly("the plan could not be loaded");
    activateAnswer = CompletableFuture.completedFuture("answered");
    nowMillis += 10_000;
    see(nodes("a", "b"));
    answerLoad(2);
    answerLoad(3);
    assertThat(state.ready()).isTrue();
  }

  @Test
  void nodesAre_noPlanFitsAnyMore_keepsThePlanInForce() {
    ready("a", "b");
    infeasible = true;
    see(nodes("a", "b", "c"));
    assertThat(state.ready()).isTrue();
    see(nodes("a", "c"));
    assertThat(deactivated).hasSize(1);
  }

  @Test
  void plan_whilePlannerThinks_asksOnceAndLoadsNothing() {
    thinking = true;
    see(nodes("a", "b"));
    see(nodes("a", "b"));
    assertThat(questions).hasSize(1);
    assertThat(loads).isEmpty();
    thoughts.get(0).complete(questions.get(0).answer());
    assertThat(loads).hasSize(2);
  }

  @Test
  void plan_nodesChangeWhilePlannerThinks_asksAgainForThoseThatAreHere() {
    thinking = true;
    see(nodes("a", "b"));
    see(nodes("a", "c"));
    thoughts.get(0).complete(questions.get(0).answer());
    assertThat(loads).isEmpty();
    see(nodes("a", "c"));
    assertThat(questions).hasSize(2);
    assertThat(questions.get(1).request().cluster().find(new NodeId("c"))).isPresent();
  }

  @Test
  void plan_answerBeginsWhilePlannerThinks_isNotBrokenOff() {
    ready("a", "b");
    thinking = true;
    see(nodes("a", "b", "c"));
    idle = false;
    thoughts.get(thoughts.size() - 1).complete(questions.get(questions.size() - 1).answer());
    assertThat(deactivated).isEmpty();
    assertThat(state.ready()).isTrue();
  }

  @Test
  void plan_plannerThrows_saysSoInTheStatus() {
    thinking = true;
    see(nodes("a", "b"));
    thoughts.get(0).completeExceptionally(new ModelException("scripted fault"));
    assertThat(state.ready()).isFalse();
    assertThat(state.reason()).isEqualTo("the planner failed: scripted fault");
  }

  @Test
  void plan_infeasible_saysWhy() {
    see(List.of(new NodeInfo("a", "m-a", "h", 1000, ProtocolCodec.VERSION, ""), node("b")));
    assertThat(state.reason()).startsWith("no plan fits: ");
  }

  @Test
  void nodesAre_notMeasuredYet_waitsForNodesThenLinksAndSaysSo() {
    placement.nodesAre(nodes("a", "b"));
    assertThat(state.reason()).isEqualTo("a, b are measuring themselves");
    assertThat(measuring).containsExactly("a", "b");
    Measurements all = Published.by(nodes("a", "b"));
    CompletableFuture<Object> nodesMeasured = measureAnswer;
    measureAnswer = new CompletableFuture<>();
    placement.measurementsAre(new Measurements(all.nodes(), Map.of()));
    nodesMeasured.complete("measured");
    assertThat(state.reason()).isEqualTo("measuring links 1 of 3");
    assertThat(measuring).containsExactly("a", "b", "a>a");
    assertThat(loads).isEmpty();
    placement.measurementsAre(all);
    assertThat(loads).hasSize(2);
  }

  @Test
  void state_planned_hasTheQuestionTheExplanationAndTheMeasurements() {
    ready("a", "b");
    assertThat(state.question().orElseThrow().request().cluster().nodes()).hasSize(2);
    assertThat(state.planned().orElseThrow().plan()).isEqualTo(state.plan().orElseThrow());
    assertThat(state.measurements()).containsOnlyKeys(new NodeId("a"), new NodeId("b"));
  }

  @Test
  void nodesAre_newNodeWhileBusy_isMeasuredGentlyAndOneLinkAtATime() {
    ready("a", "b");
    idle = false;
    Measurements all = Published.by(nodes("a", "b", "c"));
    placement.measurementsAre(new Measurements(all.nodes(), Published.by(nodes("a", "b")).links()));
    placement.nodesAre(nodes("a", "b", "c"));
    assertThat(measuring).containsExactly("a>c gently");
    assertThat(state.ready()).isTrue();
  }

  @Test
  void look_servedOtherThanPredictedForAMinute_saysSoAndMeasuresAnew() {
    ready("a", "b");
    measureAnswer.complete("measured");
    served = served(100, 10_000);
    nowMillis += 10_000;
    placement.nodesAre(nodes("a", "b"));
    assertThat(seen)
        .containsExactly(
            "a 3 layers 50.0", "b 3 layers 5.2", "a>b 32 0.4", "a>a 4 0.4", "b>a 4 0.4");
    // An hour in which nobody asks is no minute of serving.
    nowMillis += 3_600_000;
    served = served(200, 69_999);
    placement.nodesAre(nodes("a", "b"));
    assertThat(notes()).isEmpty();
    served = served(300, 70_000);
    placement.nodesAre(nodes("a", "b"));
    assertThat(notes())
        .singleElement(STRING)
        .startsWith("layers [0, 3) on a was predicted to take")
        .endsWith("has taken 50.00 for more than a minute");
    placement.nodesAre(nodes("a", "b"));
    assertThat(measuring).contains("a anew", "b anew");
    assertThat(state.ready()).isTrue();
  }

  @Test
  void look_served_nextPlanKnowsWhatARequestTakesBesidesItsTokens() {
    ready("a", "b");
    served = served(100, 10_000);
    nowMillis += 10_000;
    placement.nodesAre(nodes("a", "b"));
    placement.planAgain();
    assertThat(questions.get(questions.size() - 1).request().typical().intakeMs()).isEqualTo(3);
  }

  private Optional<MeasuredServing> served(long steps, double servedMs) {
    PlanPrediction predicted = state.planned().orElseThrow().explanation().prediction();
    return Optional.of(
        new MeasuredServing(
            state.plan().orElseThrow().id().value(),
            10,
            3,
            10,
            List.of(50.0, predicted.stages().get(1).decodeMs()),
            List.of(0.4, 0.8),
            0.4,
            new MeasuredServing.Lengths(0, 0),
            steps,
            servedMs));
  }

  /** What the plan in force says of its drift. */
  private List<String> notes() {
    return state.planned().orElseThrow().explanation().notes().stream()
        .filter(note -> note.contains("was predicted to take"))
        .toList();
  }

  @Test
  void planAgain_samePlan_isNotLoadedAgain() {
    ready("a", "b");
    placement.planAgain();
    assertThat(loads).hasSize(2);
    assertThat(state.ready()).isTrue();
  }

  @Test
  void planFor_anotherAimAndPlanner_isAskedFromNowOn() {
    ready("a", "b");
    Objective energy = new Objective.LeastEnergyPerToken(OptionalDouble.empty());

    placement.planFor(Optional.of(energy), Optional.of(new LayersByHand(List.of(4, 2))));

    assertThat(loads.get(2).layers().end()).isEqualTo(4);
    answerLoad(2);
    answerLoad(3);
    assertThat(state.ready()).isTrue();
    placement.planAgain();
    assertThat(loads).hasSize(4);
    assertThat(state.question().orElseThrow().request().objective()).isEqualTo(energy);
  }

  @Test
  void measureAgain_whileBusy_measuresAnewOnceIdle() {
    ready("a", "b");
    idle = false;
    placement.measureAgain();
    assertThat(measuring).isEmpty();
    idle = true;
    placement.nodesAre(nodes("a", "b"));
    assertThat(measuring).containsExactly("a anew", "b anew");
    assertThat(state.ready()).isTrue();
  }

  @Test
  void nodesAre_readyForAWhile_linksAreMeasuredOnceMore() {
    ready("a", "b");
    see(nodes("a", "b"));
    nowMillis += 19_000;
    see(nodes("a", "b"));
    assertThat(measuring).isEmpty();
    nowMillis += 1000;
    idle = false;
    see(nodes("a", "b"));
    assertThat(measuring).isEmpty();
    idle = true;
    see(nodes("a", "b"));
    assertThat(measuring).containsExactly("a>a");
    assertThat(state.ready()).isTrue();
    measureAnswer.complete("measured");
    nowMillis += 60_000;
    see(nodes("a", "b"));
    assertThat(measuring).containsExactly("a>a", "a>b", "b>a");
    assertThat(loads).hasSize(2);
  }

  @Test
  void planFor_whenLinksAreMeasuredOnceMore_isObeyedAllTheSame() {
    ready("a", "b");
    see(nodes("a", "b"));
    measureAnswer.complete("measured");
    nowMillis += 20_000;
    placement.planFor(Optional.empty(), Optional.of(new LayersByHand(List.of(4, 2))));
    see(nodes("a", "b"));
    assertThat(loads).hasSize(4);
  }

  @Test
  void planFor_linksCannotBeMeasuredOnceMore_whatIsKnownDoes() {
    ready("a", "b");
    placement.measureLinksAgain();
    measureAnswer.completeExceptionally(new ModelException("no answer"));
    placement.planFor(Optional.empty(), Optional.of(new LayersByHand(List.of(4, 2))));
    see(nodes("a", "b"));
    assertThat(loads).hasSize(4);
  }

  @Test
  void nodesAre_nodeLostWhileLinksAreMeasuredOnceMore_whatIsKnownDoes() {
    ready("a", "b", "c");
    placement.measureLinksAgain();
    see(nodes("a", "b"));
    assertThat(loads).hasSize(5);
  }

  @Test
  void measureLinksAgain_nodesAreNotMeasured() {
    ready("a", "b");
    placement.measureLinksAgain();
    assertThat(measuring).containsExactly("a>a");
  }

  @Test
  void nodesAre_incompatibleProtocol_isNotCounted() {
    see(List.of(node("a"), new NodeInfo("b", "m-b", "h", MEMORY, ProtocolCodec.VERSION + 2, "")));
    assertThat(state.reason()).contains("1 of 2");
  }

  @Test
  void leaving_nodeOfThePlan_isTreatedAsGone() {
    ready("a", "b");
    placement.leaving(new NodeId("b"));
    assertThat(deactivated).hasSize(1);
  }

  /** Answers at once, or when a test says so. */
  private CompletionStage<PlanningResult> ask(PlanQuestion question) {
    CompletableFuture<PlanningResult> answer = new CompletableFuture<>();
    thoughts.add(answer);
    if (!thinking) {
      answer.complete(question.answer());
    }
    questions.add(question);
    return answer;
  }

  private PlanningResult plan(PlanningRequest request) {
    int nodeCount = request.cluster().nodes().size();
    return infeasible
        ? new PlanningResult.Infeasible("scripted", 0)
        : new LayersByHand(Collections.nCopies(nodeCount, 6 / nodeCount)).plan(request);
  }

  /** The nodes are here, and all they are asked to measure has been measured. */
  private void see(List<NodeInfo> nodes) {
    placement.measurementsAre(Published.by(nodes));
    placement.nodesAre(nodes);
  }

  private void ready(String... names) {
    see(nodes(names));
    for (int i = 0; i < names.length; i++) {
      answerLoad(i);
    }
    assertThat(state.ready()).isTrue();
  }

  private void answerLoad(int index) {
    loadAnswers.get(index).complete("loaded");
  }

  private CompletionStage<?> load(NodeId node, LoadShard command) {
    loads.add(command);
    loadAnswers.add(new CompletableFuture<>());
    return loadAnswers.get(loadAnswers.size() - 1);
  }

  private static List<NodeInfo> nodes(String... names) {
    return Arrays.stream(names).map(PlacementTest::node).toList();
  }

  private static NodeInfo node(String name) {
    return new NodeInfo(name, "member-" + name, "127.0.0.1", MEMORY, ProtocolCodec.VERSION, "");
  }

  private static NodeInfo restarted(String name) {
    return new NodeInfo(name, "again-" + name, "127.0.0.1", MEMORY, ProtocolCodec.VERSION, "");
  }

  private static ModelSpec model(int layers) {
    PartWeights part = new PartWeights(1, 1, 1, 1);
    return new ModelSpec(
        "m",
        "llama",
        8,
        2,
        1,
        4,
        8,
        10,
        64,
        1e-5f,
        new RopeSpec(10_000, 4, new RopeSpec.NoScaling()),
        true,
        part,
        Collections.nCopies(layers, part),
        part);
  }

  private final class RecordingMeasuring implements Measuring {
    @Override
    public CompletionStage<?> node(NodeId node, boolean fresh) {
      measuring.add(node + (fresh ? " anew" : ""));
      return measureAnswer;
    }

    @Override
    public CompletionStage<?> link(LinkId link, String toMemberId, boolean gentle) {
      measuring.add(link.key() + (gentle ? " gently" : ""));
      return measureAnswer;
    }

    @Override
    public void seen(LinkId link, int bytes, double ms) {
      seen.add("%s %d %.1f".formatted(link.key(), bytes, ms));
    }

    @Override
    public void seen(NodeId node, RefineStage stage) {
      seen.add("%s %d layers %.1f".formatted(node, stage.layers(), stage.ms()));
    }
  }

  private final class RecordingSwitch implements PlanSwitch {
    @Override
    public Optional<MeasuredServing> measured() {
      return served;
    }

    @Override
    public CompletionStage<?> activate(ActivePlan plan) {
      activated.add(plan);
      return activateAnswer;
    }

    @Override
    public void deactivate(String reason) {
      deactivated.add(reason);
    }

    @Override
    public void change(String reason) {
      changed.add(reason);
    }

    @Override
    public boolean isIdle() {
      return idle;
    }
  }
}
