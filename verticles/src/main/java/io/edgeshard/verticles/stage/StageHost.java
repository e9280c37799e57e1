package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.SequenceOpened;
import io.edgeshard.verticles.protocol.ProtocolMessage.ShardLoaded;
import io.edgeshard.verticles.protocol.StepFailed;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a node where a shard works: holds at most one {@link StageRunner} and gives it, and
 * the loading of its successor, one thread. Every method returns at once; may be called by any
 * thread.
 */
public final class StageHost {
  private static final Logger LOG = LoggerFactory.getLogger(StageHost.class);
  private static final int MAX_QUEUED_COMMANDS = 4096;
  private static final int MAX_QUEUED_STEPS = 1024;

  private final NodeId node;
  private final ShardSource shards;
  private final StageLinks links;
  private final Executor shardThread;
  private final LongSupplier nanoClock;
  private final StageQueue queue = new StageQueue(MAX_QUEUED_COMMANDS, MAX_QUEUED_STEPS);
  private final AtomicInteger opening = new AtomicInteger();
  private final StageActivity activity =
      new StageActivity(this::isServing, StageActivity.Waiting.REAL);
  private volatile Optional<StageRunner> runner = Optional.empty();
  private volatile boolean closed;

  /**
   * A place without a shard yet.
   *
   * @param shardThread runs one task after another
   * @param nanoClock starts anywhere, only goes on
   */
  public StageHost(
      NodeId node,
      ShardSource shards,
      StageLinks links,
      Executor shardThread,
      LongSupplier nanoClock) {
    this.node = node;
    this.shards = shards;
    this.links = links;
    this.shardThread = shardThread;
    this.nanoClock = nanoClock;
  }

  /** Drops the shard that is there and loads another. */
  public CompletionStage<ShardLoaded> load(LoadShard command) {
    return command(
        () -> {
          unload();
          LOG.info(
              "event=shard-loading planId={} stage={} layers={}",
              command.plan(),
              command.stage(),
              command.layers());
          runner =
              Optional.of(new StageRunner(command, node, shards.load(command), links, nanoClock));
          LOG.info("event=shard-loaded planId={} stage={}", command.plan(), command.stage());
          return new ShardLoaded(command.plan());
        });
  }

  /** Whether there is anything to serve, for what gives way to it. */
  public StageActivity activity() {
    return activity;
  }

  private boolean isServing() {
    return opening.get() > 0
        || queue.stepCount() > 0
        || runner.map(StageRunner::hasSequences).orElse(false);
  }

  /** Reserves room for a sequence. */
  public CompletionStage<SequenceOpened> open(OpenSequence command) {
    opening.incrementAndGet();
    activity.served();
    return this.<SequenceOpened>command(
            () -> {
              runner
                  .orElseThrow(
                      () ->
                          new StageException(
                              FailureCode.STALE_PLAN,
                              "expected a loaded shard on " + node + ", found none"))
                  .open(command);
              return new SequenceOpened(command.sequence());
            })
        .whenComplete((opened, failure) -> opening.decrementAndGet());
  }

  /** Does something on the shard's thread, before any step that waits for it. */
  public <T> CompletionStage<T> onShardThread(Supplier<T> task) {
    return command(task);
  }

  /** Queues a step; the source hears of one that cannot be taken. */
  public void run(MicroBatch step) {
    if (closed) {
      refuse(step, FailureCode.STALE_PLAN, node + " is leaving");
      return;
    }
    boolean queued =
        queue.offerStep(
            () ->
                runner.ifPresentOrElse(
                    present -> present.run(step),
                    () -> refuse(step, FailureCode.STALE_PLAN, "there is no shard on " + node)));
    if (queued) {
      shardThread.execute(this::next);
    } else {
      refuse(
          step,
          FailureCode.CAPACITY,
          node + " has " + MAX_QUEUED_STEPS + " steps waiting already: ask again later");
    }
  }

  /** Forgets a sequence; what steps that wait have of it is refused. */
  public void release(ReleaseSequence command) {
    logFailure(
        command,
        command(
            () -> {
              runner
                  .filter(present -> present.assignment().plan().equals(command.plan()))
                  .ifPresent(present -> present.release(command.sequence()));
              return command;
            }));
  }

  /** Forgets every sequence that a node leads: it is gone. */
  public void releaseAllOf(NodeId source) {
    logFailure(
        source,
        command(
            () -> {
              runner.ifPresent(present -> present.releaseAllOf(source));
              return source;
            }));
  }

  /** Plan whose shard is loaded; 0 for none. */
  public long plan() {
    return runner.map(present -> present.assignment().plan().value()).orElse(0L);
  }

  /** What the loaded shard was ordered by; empty for none. */
  Optional<LoadShard> assignment() {
    return runner.map(StageRunner::assignment);
  }

  /** KV-cache bytes reserved by open sequences. */
  public long kvCacheBytes() {
    return runner.map(StageRunner::kvCacheBytes).orElse(0L);
  }

  /** Steps that wait for the shard. */
  public int queuedSteps() {
    return queue.stepCount();
  }

  /** Frees the shard, takes nothing more; completes when that is done. */
  public CompletionStage<NodeId> close() {
    CompletableFuture<NodeId> freed = new CompletableFuture<>();
    queue.addLastCommand(
        () ->
            freed.completeAsync(
                () -> {
                  unload();
                  return node;
                },
                Runnable::run));
    shardThread.execute(this::next);
    closed = true;
    return freed;
  }

  private void unload() {
    Optional<StageRunner> old = runner;
    runner = Optional.empty();
    old.ifPresent(StageRunner::close);
  }

  /** Does something on the shard's thread before any waiting step. */
  private <T> CompletionStage<T> command(Supplier<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (closed) {
      result.completeExceptionally(
          new StageException(FailureCode.STALE_PLAN, node + " is leaving"));
    } else if (queue.offerCommand(() -> result.completeAsync(task, Runnable::run))) {
      shardThread.execute(this::next);
    } else {
      result.completeExceptionally(
          new StageException(
              FailureCode.CAPACITY,
              node + " has " + MAX_QUEUED_COMMANDS + " commands waiting already: ask again later"));
    }
    return result;
  }

  /** Nobody waits for a release: what it could not free stays until its lease ends. */
  private void logFailure(Object released, CompletionStage<?> release) {
    release.whenComplete(
        (done, failure) -> {
          if (failure != null && !closed) {
            LOG.warn(
                "event=release-failed released={} reason=\"{}\"", released, failure.toString());
          }
        });
  }

  private void next() {
    queue.poll().ifPresent(Runnable::run);
  }

  /** Tells the source of a step that it will not be computed. */
  void refuse(MicroBatch step, FailureCode code, String message) {
    links.failed(step.source(), new StepFailed(step.step(), step.sequences(), node, code, message));
  }
}
