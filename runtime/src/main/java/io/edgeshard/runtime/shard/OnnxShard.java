package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.kvcache.KvCache;
import io.edgeshard.runtime.kvcache.KvCacheShape;
import io.edgeshard.runtime.kvcache.KvCacheSlot;
import io.edgeshard.runtime.kvcache.SequenceId;
import io.edgeshard.runtime.session.ShardSession;
import io.edgeshard.runtime.shard.step.OpenSequence;
import io.edgeshard.runtime.shard.step.StepTensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A shard whose layers run in ONNX Runtime. */
public final class OnnxShard implements Shard {
  private final ShardSpec spec;
  private final ModelSpec model;
  private final @Nullable EmbeddingTable embedding;
  private final ShardSession session;
  private final LoadedWeights weights;
  private final KvCacheShape shape;
  private final KvCache cache;
  private final StepTensors step;
  private final Map<SequenceId, OpenSequence> sequences = new HashMap<>();

  OnnxShard(
      ShardSpec spec,
      ModelSpec model,
      @Nullable EmbeddingTable embedding,
      ShardSession session,
      LoadedWeights weights) {
    this.spec = spec;
    this.model = model;
    this.embedding = embedding;
    this.session = session;
    this.weights = weights;
    shape = new KvCacheShape(spec.layers().count(), model.kvHeadCount(), model.headDim());
    cache = new KvCache(shape, spec.kvCacheBudgetBytes());
    step = new StepTensors(model, spec.layers().count() > 0, spec.hasHead());
  }

  /**
   * Loads a part of a model.
   *
   * @param checkpoint must stay open as long as a shard that has the embedding
   * @throws io.edgeshard.runtime.ModelException when it cannot be built or run here
   */
  public static OnnxShard load(Checkpoint checkpoint, ShardSpec spec) {
    return ShardLoader.load(checkpoint, spec);
  }

  @Override
  public ShardSpec spec() {
    return spec;
  }

  @Override
  public void open(SequenceId sequence, int capacityTokens) {
    KvCacheSlot slot = cache.open(sequence, capacityTokens);
    sequences.put(sequence, new OpenSequence(slot, spec.layers(), shape));
  }

  @Override
  public int length(SequenceId sequence) {
    OpenSequence open = sequences.get(sequence);
    return open == null ? -1 : open.slot().length();
  }

  @Override
  public StageOutput forward(
      SequenceId sequence, int position, StageInput input, LogitRows logitRows) {
    int rows = input.rows();
    OpenSequence open = checkSequence(sequence, position, rows);
    checkInput(input);
    int resultRows = spec.hasHead() ? count(logitRows, rows) : rows;
    run(open, position, rows, resultRows, hidden -> write(input, hidden));
    open.slot().commit(position + rows);
    return spec.hasHead()
        ? new StageOutput.Logits(resultRows, step.output().asFloatBuffer())
        : new StageOutput.HiddenStates(rows, step.output());
  }

  private void run(
      OpenSequence open,
      int position,
      int rows,
      int resultRows,
      Consumer<ByteBuffer> hiddenWriter) {
    open.reserve(position + rows);
    step.bind(open.binding(), rows, position + rows, resultRows);
    hiddenWriter.accept(step.input());
    session.run(open.binding());
  }

  /**
   * Gives back the memory of the weights that the engine re-packed. Which ones it re-packs depends
   * on the processor, so this is proven: a step must not change when those weights do.
   */
  void releaseCopiedWeights() {
    ByteBuffer expected = answerToAnything();
    weights.invertPacked();
    if (answerToAnything().equals(expected)) {
      weights.releasePacked();
    } else {
      weights.invertPacked();
    }
  }

  private ByteBuffer answerToAnything() {
    KvCacheSlot slot = new KvCacheSlot(shape, 1);
    try (slot;
        OpenSequence open = new OpenSequence(slot, spec.layers(), shape)) {
      run(
          open,
          0,
          1,
          1,
          hidden -> {
            for (int i = 0; i < model.hiddenSize(); i++) {
              hidden.putFloat((float) Math.sin(i + 1));
            }
          });
      ByteBuffer answer = ByteBuffer.allocate(step.output().remaining());
      return answer.put(step.output()).flip();
    }
  }

  private static int count(LogitRows logitRows, int rows) {
    return switch (logitRows) {
      case NONE -> 0;
      case LAST -> 1;
      case ALL -> rows;
    };
  }

  private OpenSequence checkSequence(SequenceId sequence, int position, int rows) {
    OpenSequence open = sequences.get(sequence);
    if (open == null) {
      throw new IllegalArgumentException("expected an open sequence, found " + sequence);
    }
    if (rows <= 0) {
      throw new IllegalArgumentException("expected at least one row, found " + rows);
    }
    KvCacheSlot slot = open.slot();
    if (position < 0 || position > slot.length()) {
      throw new IllegalArgumentException(
          "expected a position from 0 to the length "
              + slot.length()
              + " of "
              + sequence
              + ", found "
              + position);
    }
    if (rows > slot.promisedTokens() - position) {
      throw new IllegalArgumentException(
          "expected at most "
              + slot.promisedTokens()
              + " tokens in "
              + sequence
              + ", found "
              + rows
              + " more at position "
              + position);
    }
    return open;
  }

  private void checkInput(StageInput input) {
    if (input instanceof StageInput.TokenIds tokens) {
      if (embedding == null) {
        throw new IllegalArgumentException(
            "expected hidden states into layers " + spec.layers() + ", found token ids");
      }
      embedding.check(tokens.ids());
    } else if (input instanceof StageInput.HiddenStates states) {
      if (embedding != null) {
        throw new IllegalArgumentException(
            "expected token ids into the first shard, found hidden states");
      }
      long expected = (long) states.rows() * model.hiddenSize() * Float.BYTES;
      if (states.values().remaining() != expected) {
        throw new IllegalArgumentException(
            "expected "
                + expected
                + " bytes of hidden states for "
                + states.rows()
                + " rows, found "
                + states.values().remaining());
      }
    }
  }

  private void write(StageInput input, ByteBuffer hidden) {
    if (input instanceof StageInput.TokenIds tokens && embedding != null) {
      embedding.write(tokens.ids(), hidden.asFloatBuffer());
    } else if (input instanceof StageInput.HiddenStates states) {
      hidden.put(states.values().duplicate().order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  @Override
  public void release(SequenceId sequence) {
    OpenSequence open = sequences.remove(sequence);
    if (open != null) {
      open.close();
      cache.release(sequence);
    }
  }

  @Override
  public long kvCacheReservedBytes() {
    return cache.reservedBytes();
  }

  @Override
  public void close() {
    // The last named is closed first; each is, whatever the others throw.
    try (weights;
        session;
        step;
        cache) {
      closeAll(sequences.values().iterator());
    } finally {
      sequences.clear();
    }
  }

  private static void closeAll(Iterator<OpenSequence> open) {
    if (open.hasNext()) {
      OpenSequence next = open.next();
      try (next) {
        closeAll(open);
      }
    }
  }
}
