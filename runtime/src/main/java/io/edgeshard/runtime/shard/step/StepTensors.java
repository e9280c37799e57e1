package io.edgeshard.runtime.shard.step;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.NativeMemory;
import io.edgeshard.runtime.graph.RotaryEmbedding;
import io.edgeshard.runtime.graph.ShardGraph;
import io.edgeshard.runtime.kvcache.KvArena;
import io.edgeshard.runtime.session.Binding;
import io.edgeshard.runtime.session.BoundTensor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the runs of a step read and fill beside the KV cache; kept from step to step.
 *
 * <p>Rows of a step lie run by run: those of slots for nobody too.
 */
public final class StepTensors implements AutoCloseable {
  private final boolean hasLayers;
  private final boolean hasHead;
  private final long packedColumns;
  private final StepBuffer hidden;
  private final StepBuffer result;
  private final RotaryTables rotary;
  private final NativeMemory totalLength = NativeMemory.allocate(Integer.BYTES);
  private final BoundTensor totalLengthTensor = BoundTensor.int32(totalLength.buffer());
  private final Vector packedShape = Vector.int64(3);

  /** By their count. */
  private final Map<Integer, Vector> lastPositions = new HashMap<>();

  /** By their count. */
  private final Map<Integer, Vector> logitRows = new HashMap<>();

  private record Vector(NativeMemory memory, BoundTensor tensor) {
    static Vector int32(int count) {
      NativeMemory memory = NativeMemory.allocate((long) count * Integer.BYTES);
      return new Vector(memory, BoundTensor.int32(memory.buffer(), count));
    }

    static Vector int64(int count) {
      NativeMemory memory = NativeMemory.allocate((long) count * Long.BYTES);
      return new Vector(memory, BoundTensor.int64(memory.buffer(), count));
    }

    void close() {
      tensor.close();
      memory.close();
    }
  }

  /**
   * Those of a shard.
   *
   * @param hasLayers whether it has decoder layers, which ask for lengths and angles
   * @param hasHead whether it gives logits (else hidden states)
   */
  public StepTensors(ModelSpec model, boolean hasLayers, boolean hasHead) {
    this.hasLayers = hasLayers;
    this.hasHead = hasHead;
    packedColumns = (model.headCount() + 2L * model.kvHeadCount()) * model.headDim();
    hidden = new StepBuffer(model.hiddenSize());
    result = new StepBuffer(hasHead ? model.vocabularySize() : model.hiddenSize());
    rotary = new RotaryTables(new RotaryEmbedding(model.rope()));
  }

  /**
   * Begins a step.
   *
   * @param rows of all its runs
   * @param resultRows that all of them give
   */
  public void begin(int rows, int resultRows) {
    hidden.begin(rows);
    result.begin(resultRows);
  }

  /**
   * Binds one of the step's runs.
   *
   * @param lengths of the slots before it
   * @param firstRow of the run in the step
   * @param firstResult row of the run in the step's result
   * @param wanted which of the run's rows logits are for; counts only with a head
   */
  public void bind(
      Binding binding,
      Run run,
      KvArena lengths,
      int firstRow,
      int firstResult,
      List<Integer> wanted) {
    int rows = run.allRows();
    binding.input(ShardGraph.HIDDEN, hidden.tensor(firstRow, rows));
    if (hasLayers) {
      bindSlots(binding, run, lengths);
    }
    if (hasHead) {
      binding.input(ShardGraph.LOGIT_ROWS, logitRows(wanted));
      binding.output(ShardGraph.LOGITS, result.tensor(firstResult, wanted.size()));
    } else {
      binding.output(ShardGraph.HIDDEN_OUT, result.tensor(firstResult, rows));
    }
  }

  private void bindSlots(Binding binding, Run run, KvArena lengths) {
    Vector last = lastPositions.computeIfAbsent(run.slots(), Vector::int32);
    int longest = 0;
    for (int i = 0; i < run.slots(); i++) {
      int length = lengths.length(run.firstSlot() + i) + run.rows();
      last.memory().buffer().putInt(i * Integer.BYTES, length - 1);
      longest = Math.max(longest, length);
    }
    totalLength.buffer().putInt(0, longest);
    packedShape
        .memory()
        .buffer()
        .putLong(0, run.slots())
        .putLong(Long.BYTES, run.rows())
        .putLong(2 * Long.BYTES, packedColumns);
    binding.input(ShardGraph.LAST_POSITION, last.tensor());
    binding.input(ShardGraph.TOTAL_LENGTH, totalLengthTensor);
    binding.input(ShardGraph.PACKED_SHAPE, packedShape.tensor());
    rotary.bind(binding, longest);
  }

  private BoundTensor logitRows(List<Integer> wanted) {
    Vector rows = logitRows.computeIfAbsent(wanted.size(), Vector::int64);
    for (int i = 0; i < wanted.size(); i++) {
      rows.memory().buffer().putLong(i * Long.BYTES, wanted.get(i));
    }
    return rows.tensor();
  }

  /** Where the hidden states of some of the step's rows go in, {@code float32 [rows, hidden]}. */
  public ByteBuffer input(int firstRow, int rows) {
    return hidden.values(firstRow, rows);
  }

  /** Some rows of the step's result. */
  public ByteBuffer output(int firstRow, int rows) {
    return result.values(firstRow, rows);
  }

  @Override
  public void close() {
    lastPositions.values().forEach(Vector::close);
    logitRows.values().forEach(Vector::close);
    totalLengthTensor.close();
    totalLength.close();
    packedShape.close();
    rotary.close();
    hidden.close();
    result.close();
  }
}
