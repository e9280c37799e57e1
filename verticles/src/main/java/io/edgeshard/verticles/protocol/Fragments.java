package io.edgeshard.verticles.protocol;

import io.edgeshard.runtime.kvcache.SequenceId;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts steps into fragments for the wire and puts them together again. Not thread-safe.
 *
 * <p>A prefill chunk's tensor would delay every other message on the connection: it travels in
 * pieces of at most {@value #MAX_BYTES} bytes. Fragments of one sender arrive in order; one out of
 * order means that another was lost, and the step is dropped.
 */
public final class Fragments {
  /** The most payload bytes of one message. */
  public static final int MAX_BYTES = 64 * 1024;

  private final Map<SequenceId, Partial> partials = new HashMap<>();

  /** The step as messages of at most {@link #MAX_BYTES} payload bytes each. */
  public static List<RunStage> cut(RunStage step) {
    int length = step.payload().length();
    if (length <= MAX_BYTES) {
      return List.of(step);
    }
    int count = (length + MAX_BYTES - 1) / MAX_BYTES;
    List<RunStage> fragments = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int start = i * MAX_BYTES;
      Buffer part = step.payload().slice(start, Math.min(length, start + MAX_BYTES));
      fragments.add(step.withFragment(i, count, part));
    }
    return fragments;
  }

  /** Takes a fragment; gives the whole step when it was the last. */
  public Optional<RunStage> add(RunStage fragment) {
    if (fragment.fragmentCount() == 1) {
      return Optional.of(fragment);
    }
    SequenceId sequence = fragment.step().sequence();
    Partial partial = partials.remove(sequence);
    if (fragment.fragment() == 0) {
      partial = new Partial(fragment.step(), 0, Buffer.buffer());
    }
    if (partial == null || !partial.continuesWith(fragment)) {
      return Optional.empty();
    }
    partial.bytes.appendBuffer(fragment.payload());
    if (fragment.fragment() + 1 == fragment.fragmentCount()) {
      return Optional.of(fragment.withFragment(0, 1, partial.bytes));
    }
    partials.put(sequence, new Partial(partial.step, fragment.fragment() + 1, partial.bytes));
    return Optional.empty();
  }

  /** Drops what is there of a sequence. */
  public void forget(SequenceId sequence) {
    partials.remove(sequence);
  }

  private record Partial(StepId step, int nextFragment, Buffer bytes) {
    boolean continuesWith(RunStage fragment) {
      return step.equals(fragment.step()) && nextFragment == fragment.fragment();
    }
  }
}
