package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A node's stage on the bus: hands messages to its {@link StageCommands}, replies. */
public final class StageVerticle extends VerticleBase {
  private final NodeId node;
  private final ShardSource shards;
  private final LongSupplier residentBytes;
  private final ExecutorService shardThread;
  private volatile @Nullable StageHost host;
  private @Nullable StageCommands commands;

  /**
   * A stage without a shard yet.
   *
   * @param shards where its shards come from
   * @param residentBytes memory that the process takes
   */
  public StageVerticle(NodeId node, ShardSource shards, LongSupplier residentBytes) {
    this.node = node;
    this.shards = shards;
    this.residentBytes = residentBytes;
    this.shardThread = Executors.newSingleThreadExecutor(task -> new Thread(task, "shard-" + node));
  }

  @Override
  public Future<?> start() {
    BusStageLinks links = new BusStageLinks(node, vertx.eventBus(), context);
    StageHost place = new StageHost(node, shards, links, shardThread, System::nanoTime);
    StageCommands started = new StageCommands(place, System::nanoTime, residentBytes);
    host = place;
    commands = started;
    return vertx
        .eventBus()
        .<ProtocolMessage>consumer(
            Addresses.stage(node),
            message -> started.take(message.body()).ifPresent(answer -> reply(message, answer)))
        .completion();
  }

  @Override
  public Future<?> stop() {
    StageCommands closing = commands;
    commands = null;
    Future<?> freed =
        closing == null
            ? Future.succeededFuture()
            : Future.fromCompletionStage(closing.close(), context);
    return freed.onComplete(done -> shardThread.shutdown());
  }

  /** Does something on the shard's thread, once deployed. May be called by any thread. */
  public <T> CompletionStage<T> onShardThread(Supplier<T> task) {
    return Objects.requireNonNull(host, "expected a deployed stage, found none")
        .onShardThread(task);
  }

  /** Whether there is anything to serve, once deployed. */
  public StageActivity activity() {
    return Objects.requireNonNull(host, "expected a deployed stage, found none").activity();
  }

  /** What it runs; empty for nothing. May be called by any thread. */
  public Optional<LoadShard> assignment() {
    return Optional.ofNullable(host).flatMap(StageHost::assignment);
  }

  /** Forgets every sequence that a node leads: it is gone. May be called by any thread. */
  public void releaseAllOf(NodeId source) {
    context.runOnContext(
        go -> {
          if (commands != null) {
            commands.releaseAllOf(source);
          }
        });
  }

  private void reply(Message<ProtocolMessage> message, CompletionStage<?> result) {
    Future.fromCompletionStage(result, context)
        .onSuccess(message::reply)
        .onFailure(
            failure -> {
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              FailureCode code =
                  cause instanceof StageException refused ? refused.code() : FailureCode.FATAL;
              message.fail(code.number(), NodeFailureException.told(node, cause));
            });
  }
}
