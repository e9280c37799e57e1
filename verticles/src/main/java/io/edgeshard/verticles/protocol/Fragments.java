package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts steps into fragments for the wire and puts them together again. Not thread-safe.
 *
 * <p>A prefill chunk's tensor would delay every other message on the connection: it travels in
 * pieces of at most {@value #MAX_BYTES} bytes. Fragments of one sender arrive in order; one out of
 * order means that another was lost, and the step is refused. What is held of incomplete steps is
 * bounded: beyond that, the one that has waited longest is refused.
 */
public final class Fragments {
  /** The most payload bytes of one message. */
  public static final int MAX_BYTES = 64 * 1024;

  /** The most payload bytes of one step. */
  public static final int MAX_STEP_BYTES = MicroBatch.MAX_FRAGMENTS * MAX_BYTES;

  /** Twice the largest step: a stage has one sender, which sends a step as a whole. */
  private static final long MAX_HELD_BYTES = 2L * MAX_STEP_BYTES;

  private static final int MAX_HELD_STEPS = 1024;

  private final Refusal refusal;
  private final long maxHeldBytes;

  /** What is there of each source's step; the one that was continued last at the end. */
  private final Map<NodeId, Partial> partials = new LinkedHashMap<>();

  private long heldBytes;

  /** Who is told of a step that will not become whole. */
  @FunctionalInterface
  public interface Refusal {
    void refuse(MicroBatch fragment, FailureCode code, String message);
  }

  /** Puts steps together; {@code refusal} hears of those that cannot be. */
  public Fragments(Refusal refusal) {
    this(refusal, MAX_HELD_BYTES);
  }

  Fragments(Refusal refusal, long maxHeldBytes) {
    this.refusal = refusal;
    this.maxHeldBytes = maxHeldBytes;
  }

  /**
   * The step as messages of at most {@link #MAX_BYTES} payload bytes each.
   *
   * @throws StepSizeException when it is larger than {@link #MAX_STEP_BYTES}
   */
  public static List<MicroBatch> cut(MicroBatch step) {
    int length = step.payload().length();
    if (length <= MAX_BYTES) {
      return List.of(step);
    }
    if (length > MAX_STEP_BYTES) {
      throw new StepSizeException(
          "expected a step of at most %d bytes, found %d: lower --prefill-chunk"
              .formatted(MAX_STEP_BYTES, length));
    }
    int count = (length + MAX_BYTES - 1) / MAX_BYTES;
    List<MicroBatch> fragments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int start = i * MAX_BYTES;
      Buffer part = step.payload().slice(start, Math.min(length, start + MAX_BYTES));
      fragments.add(step.withFragment(i, count, part));
    }
    return fragments;
  }

  /** Takes a fragment; gives the whole step when it was the last. */
  public Optional<MicroBatch> add(MicroBatch fragment) {
    int length = fragment.payload().length();
    if (length > MAX_BYTES) {
      remove(fragment.source());
      refusal.refuse(
          fragment,
          FailureCode.FATAL,
          "expected a fragment of at most %d bytes, found %d".formatted(MAX_BYTES, length));
      return Optional.empty();
    }
    return fragment.fragmentCount() == 1 ? Optional.of(fragment) : join(fragment);
  }

  private Optional<MicroBatch> join(MicroBatch fragment) {
    NodeId sender = fragment.source();
    Partial before = remove(sender);
    boolean begins = fragment.fragment() == 0 && (before == null || before.isOf(fragment));
    Partial partial = begins ? new Partial(fragment, 0, Buffer.buffer()) : before;
    if (partial == null || !partial.continuesWith(fragment)) {
      refusal.refuse(fragment, FailureCode.RETRYABLE, outOfOrder(before, fragment));
      return Optional.empty();
    }
    partial.bytes.appendBuffer(fragment.payload());
    if (fragment.fragment() + 1 == fragment.fragmentCount()) {
      return Optional.of(fragment.withFragment(0, 1, partial.bytes));
    }
    partials.put(sender, new Partial(partial.first, fragment.fragment() + 1, partial.bytes));
    heldBytes += partial.bytes.length();
    refuseBeyondBounds();
    return Optional.empty();
  }

  /** Drops what is there of the step that a node leads. */
  public void forget(NodeId source) {
    remove(source);
  }

  /** Drops everything. */
  public void clear() {
    partials.clear();
    heldBytes = 0;
  }

  private void refuseBeyondBounds() {
    while (heldBytes > maxHeldBytes || partials.size() > MAX_HELD_STEPS) {
      MicroBatch oldest = partials.values().iterator().next().first;
      remove(oldest.source());
      refusal.refuse(
          oldest,
          FailureCode.CAPACITY,
          "expected the rest of step %d before %d bytes of other steps had come, found them: ask again later"
              .formatted(oldest.step().number(), maxHeldBytes));
    }
  }

  private @Nullable Partial remove(NodeId source) {
    Partial removed = partials.remove(source);
    heldBytes -= removed == null ? 0 : removed.bytes.length();
    return removed;
  }

  private static String outOfOrder(@Nullable Partial before, MicroBatch found) {
    return "expected fragment %d of step %d, found fragment %d of step %d: one in between was lost"
        .formatted(
            before == null ? 0 : before.nextFragment,
            before == null ? found.step().number() : before.first.step().number(),
            found.fragment(),
            found.step().number());
  }

  /** What has come of a step, never all of it. */
  private record Partial(MicroBatch first, int nextFragment, Buffer bytes) {
    boolean isOf(MicroBatch fragment) {
      return first.step().equals(fragment.step());
    }

    boolean continuesWith(MicroBatch fragment) {
      return isOf(fragment)
          && nextFragment == fragment.fragment()
          && first.fragmentCount() == fragment.fragmentCount();
    }
  }
}
