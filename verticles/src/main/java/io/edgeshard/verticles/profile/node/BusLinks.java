package io.edgeshard.verticles.profile.node;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.profile.Quiet;
import io.edgeshard.verticles.protocol.Addresses;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.ProfileMessage.LinkPing;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The bus as a link meter needs it: messages take the way of a step, from the shard's thread over
 * the event loop to the other node, and the answer ends on the shard's thread again.
 */
final class BusLinks implements LinkMeter.Bus {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);

  /** Who asked for a link waits for it no longer than twice this. */
  private static final Duration LULL_LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Context context;
  private final ShardThread shardThread;
  private final Quiet quiet;
  private final DeliveryOptions limit =
      new DeliveryOptions().setSendTimeout(2 * LinkMeter.LIMIT.toMillis());

  BusLinks(Vertx vertx, Context context, ShardThread shardThread, Quiet quiet) {
    this.vertx = vertx;
    this.context = context;
    this.shardThread = shardThread;
    this.quiet = quiet;
  }

  @Override
  public CompletionStage<Long> roundTrip(NodeId to, int bytes, int count) {
    Buffer payload = Buffer.buffer(new byte[bytes]);
    CompletionStage<Long> trip =
        shardThread
            .run(System::nanoTime)
            .thenCompose(
                start ->
                    onLoop(() -> send(to, payload, count))
                        .toCompletionStage()
                        .thenCompose(pong -> shardThread.run(() -> System.nanoTime() - start)));
    return Future.fromCompletionStage(trip, context).toCompletionStage();
  }

  @Override
  public CompletionStage<?> pause(Duration length) {
    return vertx.timer(length.toMillis()).toCompletionStage();
  }

  @Override
  public CompletionStage<?> lull() {
    return lull(System.nanoTime() + LULL_LIMIT.toNanos());
  }

  private CompletionStage<?> lull(long deadlineNanos) {
    return quiet.isQuiet() || System.nanoTime() - deadlineNanos > 0
        ? CompletableFuture.completedFuture(null)
        : pause(LOOK_INTERVAL).thenCompose(looked -> lull(deadlineNanos));
  }

  private Future<?> send(NodeId to, Buffer payload, int count) {
    String address = Addresses.stage(to);
    for (int i = 1; i < count; i++) {
      vertx.eventBus().send(address, new LinkPing(false, payload));
    }
    return vertx
        .eventBus()
        .<ProtocolMessage>request(address, new LinkPing(true, payload), limit)
        .recover(
            failure ->
                Future.failedFuture(
                    NodeFailureException.of(to, failure, LinkMeter.LIMIT.multipliedBy(2))));
  }

  private interface Sending {
    Future<?> send();
  }

  /** Does something on the event loop; completes where that does. */
  private Future<?> onLoop(Sending sending) {
    Promise<Object> sent = Promise.promise();
    context.runOnContext(go -> sending.send().<Object>map(done -> done).onComplete(sent));
    return sent.future();
  }
}
