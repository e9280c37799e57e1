package io.edgeshard.verticles.stage;

import io.edgeshard.planner.NodeId;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.Probe;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.Unreadable;
import io.edgeshard.verticles.protocol.RunStage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's stage on the bus: decodes, hands to the {@link StageHost}, replies. */
public final class StageVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(StageVerticle.class);

  private final NodeId node;
  private final ShardSource shards;
  private final LongSupplier residentBytes;
  private final Fragments fragments = new Fragments();
  private final ExecutorService shardThread;
  private @Nullable StageHost host;

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
    StageHost stage = new StageHost(node, shards, links, shardThread, System::nanoTime);
    host = stage;
    return vertx
        .eventBus()
        .<ProtocolMessage>consumer(Addresses.stage(node), message -> handle(stage, message))
        .completion();
  }

  @Override
  public Future<?> stop() {
    StageHost closing = host;
    host = null;
    Future<?> freed =
        closing == null
            ? Future.succeededFuture()
            : Future.fromCompletionStage(closing.close(), context);
    return freed.onComplete(done -> shardThread.shutdown());
  }

  /** Forgets every sequence that a node leads: it is gone. May be called by any thread. */
  public void releaseAllOf(NodeId source) {
    context.runOnContext(
        go -> {
          if (host != null) {
            host.releaseAllOf(source);
          }
        });
  }

  private void handle(StageHost stage, Message<ProtocolMessage> message) {
    ProtocolMessage body = message.body();
    if (body instanceof RunStage fragment) {
      fragments.add(fragment).ifPresent(stage::run);
    } else if (body instanceof ReleaseSequence release) {
      fragments.forget(release.sequence());
      stage.release(release);
    } else if (body instanceof OpenSequence open) {
      reply(message, stage.open(open));
    } else if (body instanceof LoadShard load) {
      reply(message, stage.load(load));
    } else if (body instanceof Probe) {
      message.reply(
          new ProbeAnswer(
              stage.plan(),
              System.nanoTime(),
              stage.queuedSteps(),
              stage.kvCacheBytes(),
              residentBytes.getAsLong()));
    } else {
      String reason =
          body instanceof Unreadable unreadable
              ? unreadable.reason()
              : "expected a command for a stage, found " + body.getClass().getSimpleName();
      LOG.warn("event=message-refused reason=\"{}\"", reason);
      message.fail(FailureCode.FATAL.number(), reason);
    }
  }

  private void reply(Message<ProtocolMessage> message, CompletionStage<? extends Object> result) {
    Future.fromCompletionStage(result, context)
        .onSuccess(message::reply)
        .onFailure(
            failure -> {
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              FailureCode code =
                  cause instanceof StageException refused ? refused.code() : FailureCode.FATAL;
              message.fail(code.number(), String.valueOf(cause.getMessage()));
            });
  }
}
