package io.edgeshard.verticles.pipeline;

import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.web.generation.GenerationRefusedException;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is in the pipeline: requests for which a place is kept, sequences that wait, sequences that
 * run. All together are bounded by what the plan promises and what may wait. Not thread-safe,
 * except {@link #isIdle()}.
 */
final class Sequences {
  private final int queueLimit;
  private final Map<SequenceId, SequenceRun> running = new LinkedHashMap<>();
  private final BitSet slots = new BitSet();
  private final Deque<SequenceRun> waiting = new ArrayDeque<>();
  private int places;
  private volatile boolean idle = true;

  /** None yet; {@code queueLimit} more than run may wait. */
  Sequences(int queueLimit) {
    this.queueLimit = queueLimit;
  }

  /**
   * Keeps a place where {@code promised} sequences may run at once.
   *
   * @param nowNanos by the pipeline's clock
   * @throws GenerationRefusedException when all are taken
   */
  Place reserve(int promised, long nowNanos) {
    if (running.size() + waiting.size() + places >= promised + queueLimit) {
      throw new GenerationRefusedException(
          Reason.OVERLOADED,
          "expected at most %d requests at once and %d waiting, found more: ask again later"
              .formatted(promised, queueLimit));
    }
    places++;
    idle = false;
    return new Place(nowNanos, this::givenUp);
  }

  /** Takes a sequence in, to wait for {@link #next}. */
  void add(SequenceRun run) {
    waiting.add(run);
    idle = false;
  }

  /** The sequence that is to run now, where {@code promised} may at once; from now on it does. */
  Optional<SequenceRun> next(int promised) {
    Optional<SequenceRun> next =
        running.size() < promised ? Optional.ofNullable(waiting.poll()) : Optional.empty();
    next.ifPresent(this::run);
    return next;
  }

  private void run(SequenceRun run) {
    int slot = slots.nextClearBit(0);
    slots.set(slot);
    run.takeSlot(slot);
    running.put(run.id(), run);
  }

  /** Takes a sequence out; true when it was running. */
  boolean remove(SequenceRun run) {
    waiting.remove(run);
    boolean ran = running.remove(run.id()) != null;
    if (ran) {
      slots.clear(run.slot());
    }
    becomeIdle();
    return ran;
  }

  /** One that runs. */
  Optional<SequenceRun> running(SequenceId id) {
    return Optional.ofNullable(running.get(id));
  }

  /** Those that run, the first that came in front, as of now. */
  List<SequenceRun> running() {
    return List.copyOf(running.values());
  }

  /** Those that wait, as of now. */
  List<SequenceRun> waiting() {
    return List.copyOf(waiting);
  }

  /** Whether nobody is here, not even with a place; may be asked by any thread. */
  boolean isIdle() {
    return idle;
  }

  private void givenUp() {
    places--;
    becomeIdle();
  }

  private void becomeIdle() {
    idle = running.isEmpty() && waiting.isEmpty() && places == 0;
  }
}
