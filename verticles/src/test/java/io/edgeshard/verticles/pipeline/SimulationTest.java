package io.edgeshard.verticles.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.planner.plan.ShardAssignment;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.runtime.shard.ShardSpec;
import io.edgeshard.verticles.pipeline.plan.ActivePlan;
import io.edgeshard.verticles.pipeline.plan.StageClient;
import io.edgeshard.verticles.pipeline.request.AnswerText;
import io.edgeshard.verticles.pipeline.request.ByteTokenizer;
import io.edgeshard.verticles.pipeline.request.SequenceSpec;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.stage.ScriptedShard;
import io.edgeshard.verticles.stage.ShardSource.LoadedShard;
import io.edgeshard.verticles.stage.StageHost;
import io.edgeshard.verticles.stage.StageLinks;
import io.edgeshard.web.generation.GenerationEvent;
import io.edgeshard.web.generation.GenerationEvent.Failed;
import io.edgeshard.web.generation.GenerationEvent.Finished;
import io.edgeshard.web.metrics.GenerationMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The source's pipeline and its stages over a made-up wire, without network, threads or clock:
 * histories from seeds in which messages are late, doubled, overtaken or lost, stages slow, clients
 * gone and readers slow. A failure names its seed.
 */
class SimulationTest {
  private static final int HISTORIES = 100_000;
  private static final long MS = 1_000_000;
  private static final Logger LOG = (Logger) LoggerFactory.getLogger("io.edgeshard.verticles");
  private static final GenerationMetrics METRICS = new GenerationMetrics(new SimpleMeterRegistry());

  @BeforeAll
  static void hush() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(null);
  }

  @Test
  void anyHistory_noTokenTwiceOrSkipped_allEnd_allIsFreed() {
    IntStream.range(0, HISTORIES)
        .parallel()
        .forEach(
            seed -> {
              try {
                new History(seed).play();
              } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("history of seed " + seed + ": " + broken, broken);
              }
            });
  }

  /** What one client asked, and what came. */
  private static final class Request {
    final int lastOfPrompt;
    final int newTokens;
    final List<Integer> tokens = new ArrayList<>();
    boolean cancelled;
    Optional<GenerationEvent> end = Optional.empty();

    Request(int lastOfPrompt, int newTokens) {
      this.lastOfPrompt = lastOfPrompt;
      this.newTokens = newTokens;
    }

    void hear(GenerationEvent event) {
      assertThat(end).isEmpty();
      if (event instanceof Finished || event instanceof Failed) {
        end = Optional.of(event);
      }
    }
  }

  private record Event(long nanos, long order, Runnable task) {}

  /** One run of everything. */
  private static final class History implements StageClient {
    private final Random random;
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::order));
    private final List<StageHost> hosts = new ArrayList<>();
    private final List<NodeId> nodes;
    private final List<Long> busyUntil = new ArrayList<>();
    private final List<Request> requests = new ArrayList<>();
    private final boolean loses;
    private final boolean overtakes;
    private final boolean doubles;
    private final double stepMs;
    private final Pipeline pipeline;
    private final Workload workload;
    private long nowNanos;
    private long order;

    History(int seed) {
      random = new Random(seed * 7919L + 1);
      int stages = 1 + random.nextInt(4);
      nodes = IntStream.range(0, stages).mapToObj(i -> new NodeId("node-" + i)).toList();
      loses = random.nextInt(4) == 0;
      overtakes = random.nextInt(4) == 0;
      doubles = random.nextInt(3) == 0;
      stepMs = random.nextDouble() * 10;
      workload = new Workload(64, 1 + random.nextInt(5), 1 + random.nextInt(16));
      pipeline = new Pipeline(nodes.get(0), 8, this, METRICS, () -> nowNanos);
      for (int i = 0; i < stages; i++) {
        busyUntil.add(0L);
        hosts.add(host(i));
      }
    }

    private StageHost host(int stage) {
      boolean isLast = stage + 1 == nodes.size();
      LoadShard load =
          new LoadShard(
              new PlanId(1),
              stage,
              new LayerRange(stage, stage + 1),
              isLast ? Optional.empty() : Optional.of(nodes.get(stage + 1)),
              WeightType.EXACT,
              workload,
              "sha");
      ShardSpec.Slots slots = new ShardSpec.Slots(workload.sequences(), workload.contextTokens());
      ShardSpec spec = new ShardSpec(load.layers(), stage == 0, isLast, WeightType.EXACT, 1, slots);
      StageHost host =
          new StageHost(
              nodes.get(stage),
              command -> new LoadedShard(new ScriptedShard(spec), ScriptedShard.HIDDEN),
              new Links(stage),
              task -> compute(stage, task),
              () -> nowNanos);
      host.load(load);
      return host;
    }

    /** The shard's thread: one task after another, each of which takes a while. */
    private void compute(int stage, Runnable task) {
      long start = Math.max(nowNanos, busyUntil.get(stage));
      long end = start + (long) (random.nextDouble() * stepMs * MS);
      busyUntil.set(stage, end);
      at(end, task);
    }

    private void at(long nanos, Runnable task) {
      events.add(new Event(Math.max(nanos, nowNanos), order++, task));
    }

    private final long[] lastArrival = new long[32];

    /** A message on one of the wires, each of which keeps order unless messages overtake. */
    private void send(int wire, Runnable delivery) {
      if (loses && random.nextInt(60) == 0) {
        return;
      }
      for (int copy = 0; copy < (doubles && random.nextInt(10) == 0 ? 2 : 1); copy++) {
        long arrival = nowNanos + (long) (random.nextDouble() * 3 * MS);
        if (!overtakes) {
          arrival = Math.max(arrival, lastArrival[wire]);
          lastArrival[wire] = arrival;
        }
        at(arrival, delivery);
      }
    }

    private final class Links implements StageLinks {
      private final int stage;

      Links(int stage) {
        this.stage = stage;
      }

      @Override
      public void forward(NodeId next, MicroBatch step) {
        send(1 + stage, () -> hosts.get(stage + 1).run(step));
      }

      @Override
      public void completed(NodeId source, StepCompleted completed) {
        send(10, () -> pipeline.hear(completed));
      }

      @Override
      public void failed(NodeId source, StepFailed failed) {
        send(11 + stage, () -> pipeline.hear(failed));
      }
    }

    @Override
    public CompletionStage<?> open(NodeId node, OpenSequence command) {
      CompletableFuture<Object> answer = new CompletableFuture<>();
      // A request over the bus is answered or fails, and keeps its place among what is sent there.
      int wire = 20 + nodes.indexOf(node);
      lastArrival[wire] =
          Math.max(lastArrival[wire], nowNanos + (long) (random.nextDouble() * 2 * MS));
      at(
          lastArrival[wire],
          () ->
              host(node)
                  .open(command)
                  .whenComplete(
                      (opened, failure) -> {
                        if (failure == null) {
                          answer.complete(opened);
                        } else {
                          answer.completeExceptionally(failure);
                        }
                      }));
      return answer;
    }

    @Override
    public CompletionStage<?> run(NodeId node, MicroBatch step) {
      send(0, () -> hosts.get(0).run(step));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void release(NodeId node, ReleaseSequence command) {
      send(20 + nodes.indexOf(node), () -> host(node).release(command));
    }

    @Override
    public CompletionStage<?> probe(NodeId node) {
      return new CompletableFuture<>();
    }

    private StageHost host(NodeId node) {
      return hosts.get(nodes.indexOf(node));
    }

    void play() {
      drain();
      MemoryEstimate memory = new MemoryEstimate(1, 1, 1, 1, 0);
      List<ShardAssignment> stages =
          IntStream.range(0, nodes.size())
              .mapToObj(
                  i ->
                      new ShardAssignment(
                          nodes.get(i),
                          new LayerRange(i, i + 1),
                          i == 0,
                          i + 1 == nodes.size(),
                          memory))
              .toList();
      pipeline.activate(new ActivePlan(new ShardPlan(new PlanId(1), stages), workload));
      int count = 1 + random.nextInt(6);
      for (int i = 0; i < count; i++) {
        at(nowNanos + (long) (random.nextDouble() * 60 * MS), this::ask);
      }
      drain();
      for (int second = 0; second < 400 && !isOver(); second++) {
        nowNanos += Duration.ofSeconds(1).toNanos();
        nodes.forEach(node -> pipeline.probed(node, nowNanos, new ProbeAnswer(1, 0, 0, 0, 0)));
        pipeline.tick();
        drain();
      }
      judge();
    }

    private boolean isOver() {
      return requests.stream().allMatch(request -> request.cancelled || request.end.isPresent());
    }

    private void drain() {
      while (!events.isEmpty()) {
        Event next = events.remove();
        nowNanos = Math.max(nowNanos, next.nanos());
        next.task().run();
      }
    }

    private void ask() {
      int[] prompt = random.ints(1 + random.nextInt(30), 0, ScriptedShard.VOCABULARY).toArray();
      Request request = new Request(prompt[prompt.length - 1], 1 + random.nextInt(10));
      requests.add(request);
      SequenceRun run =
          pipeline.submit(
              pipeline.reserve(),
              new SequenceSpec(prompt, request.newTokens, Set.of(), SamplingParameters.greedy()),
              AnswerText.heardBy(
                  token -> request.tokens.add(token.id()), new ByteTokenizer(), prompt),
              request::hear);
      int fate = random.nextInt(6);
      long soon = nowNanos + (long) (random.nextDouble() * 80 * MS);
      if (fate == 0) {
        at(
            soon,
            () -> {
              request.cancelled = request.end.isEmpty();
              run.cancel();
            });
      } else if (fate == 1) {
        at(soon, run::pause);
        at(soon + 50 * MS, run::resume);
      }
    }

    private void judge() {
      for (Request request : requests) {
        for (int i = 0; i < request.tokens.size(); i++) {
          assertThat(request.tokens.get(i))
              .isEqualTo((request.lastOfPrompt + 1 + i) % ScriptedShard.VOCABULARY);
        }
        assertThat(request.cancelled || request.end.isPresent()).as("ends").isTrue();
        if (!request.cancelled && !loses && !overtakes) {
          assertThat(request.end.orElseThrow()).isInstanceOf(Finished.class);
        }
        if (request.end.filter(Finished.class::isInstance).isPresent()) {
          assertThat(request.tokens).hasSize(request.newTokens);
        }
      }
      assertThat(pipeline.isIdle()).isTrue();
      if (!loses) {
        assertThat(hosts).allMatch(host -> host.kvCacheBytes() == 0 && host.queuedSteps() == 0);
      }
    }
  }
}
