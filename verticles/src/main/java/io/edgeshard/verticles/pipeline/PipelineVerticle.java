package io.edgeshard.verticles.pipeline;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.pipeline.health.StageProbes;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.plan.BusStageClient;
import io.edgeshard.verticles.pipeline.request.ServingModel;
import io.edgeshard.verticles.pipeline.timing.MeasuredServing;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.reference.ExpectedAnswer;
import io.edgeshard.verticles.reference.ReferenceQuestion;
import io.edgeshard.web.generation.TextGenerator;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The source's pipeline on the bus: hears from stages, probes them once a second. */
public final class PipelineVerticle extends VerticleBase implements PlanSwitch {
  private static final int ENCODERS = 2;
  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration STATE_INTERVAL = Duration.ofMillis(100);

  private final NodeId node;
  private final int queueLimit;
  private final ServingModel model;
  private final GenerationMetrics metrics;
  private final Consumer<PipelineState> listener;
  private final ExecutorService encoders;
  private volatile CompletionStage<Optional<ExpectedAnswer>> expected =
      CompletableFuture.completedFuture(Optional.empty());
  private volatile @Nullable Pipeline pipeline;

  /**
   * A pipeline without a plan yet.
   *
   * @param queueLimit how many requests may wait
   * @param listener hears of its state, on its event loop, several times a second
   */
  public PipelineVerticle(
      NodeId node,
      int queueLimit,
      ServingModel model,
      GenerationMetrics metrics,
      Consumer<PipelineState> listener) {
    this.node = node;
    this.queueLimit = queueLimit;
    this.model = model;
    this.metrics = metrics;
    this.listener = listener;
    this.encoders =
        Executors.newFixedThreadPool(ENCODERS, task -> new Thread(task, "encoder-" + node));
  }

  @Override
  public Future<?> start() {
    BusStageClient stages = new BusStageClient(vertx.eventBus());
    Pipeline started = new Pipeline(node, queueLimit, stages, metrics, System::nanoTime);
    StageProbes probes = new StageProbes(stages::probe, started::probed, System::nanoTime);
    pipeline = started;
    vertx.setPeriodic(
        PROBE_INTERVAL.toMillis(),
        tick -> {
          started.tick();
          started.plan().ifPresent(plan -> probes.ask(plan.nodes()));
        });
    vertx.setPeriodic(STATE_INTERVAL.toMillis(), tick -> listener.accept(started.state()));
    return vertx
        .eventBus()
        .<ProtocolMessage>consumer(Addresses.source(node), message -> started.hear(message.body()))
        .completion();
  }

  /** Ends when no prompt is being encoded any more: what encodes may be closed then. */
  @Override
  public Future<?> stop() {
    encoders.shutdown();
    return vertx.executeBlocking(() -> encoders.awaitTermination(1, TimeUnit.MINUTES), false);
  }

  /** The generator that this pipeline is; once deployed. */
  public TextGenerator textGenerator() {
    RequestIntake intake = new RequestIntake(started(), model, this::onLoop, encoders);
    return new PipelineTextGenerator(vertx, context, model.served(), intake);
  }

  /** The prompt that every plan has to answer first, and how many tokens of the answer. */
  public ReferenceQuestion question() {
    return new ReferenceQuestion(
        model.tokenizer().encode(SelfCheck.PROMPT, true), SelfCheck.TOKENS);
  }

  /** Has plans checked against what the unsplit model answers, once that is known. */
  public void expect(CompletionStage<Optional<ExpectedAnswer>> answer) {
    expected = answer;
  }

  @Override
  public CompletionStage<?> activate(ActivePlan plan) {
    return expected
        .thenCompose(
            answer ->
                new SelfCheck(started(), model, this::onLoop, SelfCheck.LIMIT, answer)
                    .activate(plan))
        .thenRun(() -> onLoop(() -> started().open()));
  }

  @Override
  public void change(String reason) {
    onLoop(() -> started().change(reason));
  }

  @Override
  public void deactivate(String reason) {
    onLoop(() -> started().deactivate(reason));
  }

  @Override
  public Optional<MeasuredServing> measured() {
    return started().measured();
  }

  @Override
  public boolean isIdle() {
    return started().isIdle();
  }

  private void onLoop(Runnable task) {
    context.runOnContext(go -> task.run());
  }

  private Pipeline started() {
    return Objects.requireNonNull(pipeline, "expected a deployed pipeline, found none");
  }
}
