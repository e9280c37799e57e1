package io.edgeshard.verticles;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.config.NodeConfig.ServingSettings;
import io.edgeshard.verticles.http.HttpVerticle;
import io.edgeshard.verticles.local.JoinLine;
import io.edgeshard.verticles.local.network.ServedUrl;
import io.edgeshard.verticles.membership.ModelInfo;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.membership.Refusals;
import io.edgeshard.verticles.pipeline.PipelineVerticle;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.placement.ClusterBoard;
import io.edgeshard.verticles.placement.PlacementState;
import io.edgeshard.verticles.placement.PlacementVerticle;
import io.edgeshard.verticles.placement.task.PlacementTask;
import io.edgeshard.verticles.planning.PlanDesk;
import io.edgeshard.verticles.planning.PlanFacts;
import io.edgeshard.verticles.reference.ReferenceQuestion;
import io.edgeshard.verticles.stage.StageVerticle;
import io.edgeshard.web.ApiServices;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The role of the first node: knows the model, places its layers, serves clients. */
final class FirstNode {
  private final Node node;
  private final NodeConfig config;
  private final Refusals refusals;

  FirstNode(Node node) {
    this.node = node;
    this.config = node.config();
    this.refusals = new Refusals(config.joinToken(), System::currentTimeMillis);
  }

  Future<Void> start() {
    Path file = config.model().orElseThrow();
    return node.vertx()
        .executeBlocking(() -> node.owned(FirstModel.open(file, config)))
        .onSuccess(model -> node.recommends(model.recommended()))
        .compose(this::serve);
  }

  private Future<Void> serve(FirstModel model) {
    ServingSettings serving = config.serving();
    ModelSpec spec = model.spec();
    ClusterBoard board =
        new ClusterBoard(
            model.serving().served().id(),
            serving.weights().label(),
            spec.layerCount(),
            lost -> JoinLine.back(config, lost.node(), lost.host(), lost.memoryLimitBytes()));
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    GenerationMetrics metrics = new GenerationMetrics(registry);
    PipelineVerticle pipeline =
        new PipelineVerticle(
            config.node(), serving.queuedSequences(), model.serving(), metrics, board::pipelineIs);
    PlacementTask task = task(model);
    PlacementVerticle placement =
        new PlacementVerticle(
            task,
            pipeline,
            new PlacementVerticle.Shared(
                node.maps(), member -> node.cluster().memberIds().contains(member)),
            board::placementIs);
    PlanDesk desk =
        node.owned(new PlanDesk(() -> facts(board.placement(), pipeline.measured()), placement));
    node.listen(here -> lookForStrangers(board));
    return node.maps()
        .putModel(
            new ModelInfo(
                model.serving().served().id(),
                model.sha256(),
                model.bytes(),
                config.host(),
                model.path().toAbsolutePath().toString(),
                config.node().value(),
                page()))
        .compose(published -> node.deployStage(model::file))
        .compose(
            stage ->
                node.deploy(pipeline)
                    .onSuccess(deployed -> expectReference(stage, pipeline, model))
                    .compose(
                        deployed ->
                            listen(
                                new ApiServices(
                                    pipeline.textGenerator(), board, desk, metrics, registry)))
                    .compose(listening -> node.deploy(placement))
                    .compose(deployed -> join(stage, placement)));
  }

  /** Where nodes that join may tell people to look; a port yet to be found is not told. */
  private String page() {
    return config
        .http()
        .filter(http -> http.port() != 0)
        .flatMap(http -> ServedUrl.forOthers(config.host(), http.host(), http.port()))
        .orElse("");
  }

  /** Before anything else on the shard's thread: it is there when the first plan is checked. */
  private void expectReference(StageVerticle stage, PipelineVerticle pipeline, FirstModel model) {
    ReferenceOfNode reference = new ReferenceOfNode(config, node.facts());
    ReferenceQuestion question = pipeline.question();
    pipeline.expect(stage.onShardThread(() -> reference.answer(model, question)));
  }

  /** Those who came without the join token; what they said is kept only while they are here. */
  private void lookForStrangers(ClusterBoard board) {
    node.maps()
        .announced()
        .onSuccess(
            announced -> {
              board.refusedAre(refusals.of(announced));
              List<String> alive = node.cluster().memberIds();
              announced.stream()
                  .filter(info -> !alive.contains(info.memberId()))
                  .forEach(gone -> node.maps().forget(gone));
            });
  }

  private Future<Void> listen(ApiServices services) {
    NodeConfig.Http http = config.http().orElseThrow();
    HttpVerticle server = new HttpVerticle(http, services);
    return node.deploy(server).onSuccess(deployed -> node.servesAt(server.address())).mapEmpty();
  }

  private Future<Void> join(StageVerticle stage, PlacementVerticle placement) {
    node.listen(placement::nodesAre);
    return node.deployMembership(stage);
  }

  private PlacementTask task(FirstModel model) {
    ServingSettings serving = config.serving();
    return new PlacementTask(
        new PlacementTask.Model(model.spec(), model.sha256(), serving.weights()),
        new Workload(
            model.serving().served().contextTokens(),
            serving.sequences(),
            serving.prefillChunkTokens()),
        config.node(),
        serving.nodeCount(),
        PlanningGoal.of(serving));
  }

  private static Map<NodeId, Integer> cores(PlacementState placed) {
    return placed.measurements().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> (int) Math.ceil(entry.getValue().processor().cores())));
  }

  /** What was asked last, about the nodes that are still here while no plan is in force. */
  private static PlanningRequest survivors(PlanningRequest request, PlacementState placed) {
    if (placed.ready()) {
      return request;
    }
    Set<NodeId> here = placed.nodes().stream().map(NodeInfo::id).collect(Collectors.toSet());
    return here.contains(request.source())
        ? request.withCluster(request.cluster().of(here))
        : request;
  }

  /** The plan that is in force and what it was made from, as people ask about it. */
  private static Optional<PlanFacts> facts(
      PlacementState placed, Optional<MeasuredServing> served) {
    return placed
        .question()
        .map(
            question ->
                new PlanFacts(
                    survivors(question.request(), placed),
                    question.planner(),
                    placed.ready() ? placed.planned() : Optional.empty(),
                    cores(placed),
                    served));
  }
}
