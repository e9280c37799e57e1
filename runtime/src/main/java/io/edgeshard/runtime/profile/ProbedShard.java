package io.edgeshard.runtime.profile;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.NativeMemory;
import io.edgeshard.runtime.sampling.Sampler;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.runtime.sampling.SeededSampler;
import io.edgeshard.runtime.shard.OnnxShard;
import io.edgeshard.runtime.shard.ShardSpec.Slots;
import io.edgeshard.runtime.shard.StageInput;
import io.edgeshard.runtime.shard.StageOutput;
import io.edgeshard.runtime.shard.step.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A shard loaded to be timed, with sequences and made-up input; steps it as a stage would. */
final class ProbedShard implements AutoCloseable {
  /** The most sequences of a step. */
  static final int MOST_SEQUENCES = 16;

  /** With no context, a little and much. */
  private static final int CONTEXTS = 3;

  private final OnnxShard shard;
  private final ModelSpec model;
  private final NativeMemory hidden;
  private final int mostRows;
  private final Runnable giveWay;

  /** By the context of the sequences there. */
  private final Map<Integer, Integer> firstSlots = new HashMap<>();

  private final Sampler sampler =
      new SeededSampler(SamplingParameters.greedy(), new int[0], new int[0]);

  /**
   * Takes over a shard.
   *
   * @param hidden made-up hidden states of as many rows as a step may have
   * @param giveWay called before each step that fills a sequence
   */
  ProbedShard(OnnxShard shard, ModelSpec model, NativeMemory hidden, Runnable giveWay) {
    this.giveWay = giveWay;
    this.shard = shard;
    this.model = model;
    mostRows = hidden.bytes() / (model.hiddenSize() * Float.BYTES);
    this.hidden = hidden;
  }

  /** KV cache for all that is ever timed. */
  static Slots slots(int mostTokens) {
    return new Slots(CONTEXTS * MOST_SEQUENCES, mostTokens);
  }

  int layers() {
    return shard.spec().layers().count();
  }

  /** One step of a sequence: so many rows after so many tokens. */
  void step(int rows, int contextTokens) {
    step(1, rows, contextTokens);
  }

  /** One decode step of some sequences at once. */
  void decodeBatch(int count, int contextTokens) {
    step(count, 1, contextTokens);
  }

  /** Fills as many sequences as later steps with so much context need. */
  void prepare(int count, int contextTokens) {
    int first = firstSlot(contextTokens);
    for (int slot = first; slot < first + count; slot++) {
      for (int at = shard.length(slot); at < contextTokens; at = shard.length(slot)) {
        giveWay.run();
        forward(List.of(new Span(slot, at, Math.min(mostRows, contextTokens - at), 1)));
      }
    }
  }

  /** Steps of so much context: what lies behind is overwritten. */
  private void step(int count, int rows, int contextTokens) {
    prepare(count, contextTokens);
    int first = firstSlot(contextTokens);
    forward(
        IntStream.range(first, first + count)
            .mapToObj(slot -> new Span(slot, contextTokens, rows, 1))
            .toList());
  }

  /** Those of one context are neighbours, as a batch's are. */
  private int firstSlot(int contextTokens) {
    return firstSlots.computeIfAbsent(contextTokens, none -> firstSlots.size() * MOST_SEQUENCES);
  }

  private void forward(List<Span> spans) {
    int rows = spans.stream().mapToInt(Span::rows).sum();
    for (StageOutput output : shard.forward(spans, input(rows))) {
      if (output.orThrow() instanceof StageOutput.Logits logits) {
        sampler.sample(logits.values());
      }
    }
  }

  private StageInput input(int rows) {
    if (shard.spec().hasEmbedding()) {
      int[] ids = new int[rows];
      Arrays.setAll(ids, row -> (row * 31 + 7) % model.vocabularySize());
      return new StageInput.TokenIds(ids);
    }
    ByteBuffer values = hidden.slice(0, rows * model.hiddenSize() * Float.BYTES);
    return new StageInput.HiddenStates(values.order(ByteOrder.LITTLE_ENDIAN));
  }

  @Override
  public void close() {
    shard.close();
  }
}
