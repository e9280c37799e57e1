package io.edgeshard.runtime.shard.step;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.DirectMemory;
import io.edgeshard.runtime.graph.RotaryEmbedding;
import io.edgeshard.runtime.graph.ShardGraph;
import io.edgeshard.runtime.session.Binding;
import io.edgeshard.runtime.session.BoundTensor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What a step reads and fills beside the KV cache; shared by all sequences, kept over steps. */
public final class StepTensors implements AutoCloseable {
  private final boolean hasLayers;
  private final boolean hasHead;
  private final StepBuffer hidden;
  private final StepBuffer result;
  private final RotaryTables rotary;
  private final DirectMemory lengths = DirectMemory.allocate(2 * Integer.BYTES);
  private final BoundTensor lastPosition = BoundTensor.int32(lengths.slice(0, 4), 1);
  private final BoundTensor totalLength = BoundTensor.int32(lengths.slice(4, 4));
  private @Nullable DirectMemory wantedRows;
  private @Nullable BoundTensor wanted;

  /**
   * Those of a shard.
   *
   * @param hasLayers whether it has decoder layers, which ask for lengths and angles
   * @param hasHead whether it gives logits (else hidden states)
   */
  public StepTensors(ModelSpec model, boolean hasLayers, boolean hasHead) {
    this.hasLayers = hasLayers;
    this.hasHead = hasHead;
    hidden = new StepBuffer(model.hiddenSize());
    result = new StepBuffer(hasHead ? model.vocabularySize() : model.hiddenSize());
    rotary = new RotaryTables(new RotaryEmbedding(model.rope()));
  }

  /**
   * Binds one step.
   *
   * @param rows how many tokens it computes
   * @param length of the sequence after it
   * @param resultRows for how many of the last rows the result is wanted
   */
  public void bind(Binding binding, int rows, int length, int resultRows) {
    binding.input(ShardGraph.HIDDEN, hidden.resize(rows));
    if (hasLayers) {
      lengths.buffer().putInt(0, length - 1).putInt(Integer.BYTES, length);
      binding.input(ShardGraph.LAST_POSITION, lastPosition);
      binding.input(ShardGraph.TOTAL_LENGTH, totalLength);
      rotary.bind(binding, length);
    }
    if (hasHead) {
      binding.input(ShardGraph.LOGIT_ROWS, wanted(rows, resultRows));
      binding.output(ShardGraph.LOGITS, result.resize(resultRows));
    } else {
      binding.output(ShardGraph.HIDDEN_OUT, result.resize(rows));
    }
  }

  /** Where the step's hidden states go in, {@code float32 [rows, hidden]}. */
  public ByteBuffer input() {
    return hidden.values();
  }

  /** Where the step's result is. */
  public ByteBuffer output() {
    return result.values();
  }

  private BoundTensor wanted(int rows, int count) {
    DirectMemory memory = wantedRows;
    BoundTensor tensor = wanted;
    if (memory == null || tensor == null || memory.bytes() != count * Long.BYTES) {
      closeWanted();
      memory = DirectMemory.allocate((long) count * Long.BYTES);
      wantedRows = memory;
      tensor = BoundTensor.int64(memory.buffer(), count);
      wanted = tensor;
    }
    for (int i = 0; i < count; i++) {
      memory.buffer().putLong(i * Long.BYTES, rows - count + i);
    }
    return tensor;
  }

  private void closeWanted() {
    if (wanted != null) {
      wanted.close();
      wanted = null;
    }
    if (wantedRows != null) {
      wantedRows.close();
      wantedRows = null;
    }
  }

  @Override
  public void close() {
    closeWanted();
    lastPosition.close();
    totalLength.close();
    lengths.close();
    rotary.close();
    hidden.close();
    result.close();
  }
}
