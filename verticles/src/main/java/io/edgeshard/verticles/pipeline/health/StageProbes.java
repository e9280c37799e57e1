package io.edgeshard.verticles.pipeline.health;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Asks stages whether they are there. A stage that does not answer is noticed by its silence. */
public final class StageProbes {
  private final Function<NodeId, CompletionStage<?>> ask;
  private final Listener listener;
  private final LongSupplier nanoClock;

  /** Hears of answers. */
  @FunctionalInterface
  public interface Listener {
    /** A node has answered a probe that was sent at {@code askedNanos} by our clock. */
    void probed(NodeId node, long askedNanos, ProbeAnswer answer);
  }

  /**
   * Probes that have not begun.
   *
   * @param ask sends a probe; gives the answer, or fails when none comes
   */
  public StageProbes(
      Function<NodeId, CompletionStage<?>> ask, Listener listener, LongSupplier nanoClock) {
    this.ask = ask;
    this.listener = listener;
    this.nanoClock = nanoClock;
  }

  /** Asks each of the nodes once. */
  public void ask(List<NodeId> nodes) {
    nodes.forEach(this::ask);
  }

  private void ask(NodeId node) {
    long asked = nanoClock.getAsLong();
    ask.apply(node)
        .thenAccept(
            reply -> {
              if (reply instanceof ProbeAnswer answer) {
                listener.probed(node, asked, answer);
              }
            });
  }
}
