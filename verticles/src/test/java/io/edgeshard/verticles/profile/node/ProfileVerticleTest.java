package io.edgeshard.verticles.profile.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.profile.Quiet;
import io.edgeshard.verticles.membership.SharedMaps;
import io.edgeshard.verticles.profile.ProfileMaps;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import io.edgeshard.verticles.protocol.ProfileMessage.Measured;
import io.edgeshard.verticles.protocol.wire.ProtocolCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that measures itself serves all the same. */
class ProfileVerticleTest {
  private static final NodeId NODE = new NodeId("a");
  private static final int LIMIT_SECONDS = 20;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService shardThread = Executors.newSingleThreadExecutor();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void close() {
    mayEnd.countDown();
    await(vertx.close());
    shardThread.shutdown();
  }

  @Test
  void measureNode_whileItRuns_theShardsThreadIsFree() throws Exception {
    ProtocolCodec.register(vertx.eventBus());
    await(vertx.deployVerticle(verticle()));
    Future<Object> measured =
        vertx
            .eventBus()
            .request(
                Addresses.profile(NODE), new MeasureNode("0".repeat(64), WeightType.FAST, 32, true))
            .map(reply -> reply.body());
    assertThat(begun.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();

    // Were the measurement on it, this step would wait until it may end, which it may not yet.
    assertThat(run(() -> "a step").toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .isEqualTo("a step");
    assertThat(measured.isComplete()).isFalse();

    mayEnd.countDown();
    assertThat(await(measured)).isInstanceOf(Measured.class);
  }

  private ProfileVerticle verticle() {
    NodeFacts facts = NodeProfilerTest.facts(NODE.value(), 2);
    return new ProfileVerticle(
        facts,
        new NodeProfiler(facts, this::measure, folder),
        this::run,
        Quiet.ALWAYS,
        ProfileMaps.of(new SharedMaps(vertx)));
  }

  private ComputeMeasuring.Figures measure(MeasureNode command, Duration limit) {
    begun.countDown();
    try {
      mayEnd.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
    return NodeProfilerTest.figures(1);
  }

  private <T> CompletionStage<T> run(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, shardThread);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }
}
