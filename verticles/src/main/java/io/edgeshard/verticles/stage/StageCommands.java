package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProfileMessage.LinkPing;
import io.edgeshard.verticles.protocol.ProfileMessage.LinkPong;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.Probe;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.Unreadable;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a stage does with each message that it gets. Not thread-safe: one event loop. */
final class StageCommands {
  private static final Logger LOG = LoggerFactory.getLogger(StageCommands.class);

  private final StageHost host;
  private final LongSupplier nanoClock;
  private final LongSupplier residentBytes;
  private final Fragments fragments;

  /**
   * Commands for a host.
   *
   * @param nanoClock the one by which the host's stages note their times
   * @param residentBytes memory that the process takes
   */
  StageCommands(StageHost host, LongSupplier nanoClock, LongSupplier residentBytes) {
    this.host = host;
    this.nanoClock = nanoClock;
    this.residentBytes = residentBytes;
    this.fragments = new Fragments(host::refuse);
  }

  /** Obeys; gives the answer to come, for a message that asks for one. */
  Optional<CompletionStage<?>> take(ProtocolMessage message) {
    if (message instanceof MicroBatch fragment) {
      fragments.add(fragment).ifPresent(host::run);
      return Optional.empty();
    }
    if (message instanceof ReleaseSequence release) {
      host.release(release);
      return Optional.empty();
    }
    if (message instanceof OpenSequence open) {
      return Optional.of(host.open(open));
    }
    if (message instanceof LoadShard load) {
      // Steps of the shard before it will not be computed any more.
      fragments.clear();
      return Optional.of(host.load(load));
    }
    if (message instanceof LinkPing ping) {
      // Fragments of a step would not reach the shard's thread either before the last has come.
      return ping.isLast() ? Optional.of(host.onShardThread(LinkPong::new)) : Optional.empty();
    }
    return Optional.of(
        message instanceof Probe
            ? CompletableFuture.completedFuture(probeAnswer())
            : CompletableFuture.failedFuture(refused(message)));
  }

  /** Forgets every sequence that a node leads: it is gone. */
  void releaseAllOf(NodeId source) {
    fragments.forget(source);
    host.releaseAllOf(source);
  }

  /** Frees the shard, takes nothing more; completes when that is done. */
  CompletionStage<NodeId> close() {
    fragments.clear();
    return host.close();
  }

  private ProbeAnswer probeAnswer() {
    return new ProbeAnswer(
        host.plan(),
        nanoClock.getAsLong(),
        host.queuedSteps(),
        host.kvCacheBytes(),
        residentBytes.getAsLong());
  }

  private static StageException refused(ProtocolMessage message) {
    String reason =
        message instanceof Unreadable unreadable
            ? unreadable.reason()
            : "expected a command for a stage, found " + message.getClass().getSimpleName();
    // Whose it was cannot be known; its source notices by the step that does not come back.
    LOG.warn("event=message-refused reason=\"{}\"", reason);
    return new StageException(FailureCode.FATAL, reason);
  }
}
