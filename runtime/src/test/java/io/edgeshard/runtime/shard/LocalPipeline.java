package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.shard.ShardSpec.Slots;
import io.edgeshard.runtime.shard.step.Span;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** A model cut into shards that all run here, one after the other, hidden states handed on. */
final class LocalPipeline implements AutoCloseable {
  private static final Slots SLOTS = new Slots(40, 2048);

  private final BitSet open = new BitSet();
  private final List<Shard> stages = new ArrayList<>();

  /**
   * Loads all stages.
   *
   * @param cuts the layer before which each later stage starts
   */
  LocalPipeline(Checkpoint checkpoint, WeightType weightType, int threads, List<Integer> cuts) {
    int layers = checkpoint.spec().layerCount();
    List<Integer> starts = new ArrayList<>(List.of(0));
    starts.addAll(cuts);
    for (int i = 0; i < starts.size(); i++) {
      boolean last = i + 1 == starts.size();
      LayerRange range = new LayerRange(starts.get(i), last ? layers : starts.get(i + 1));
      ShardSpec spec = new ShardSpec(range, i == 0, last, weightType, threads, SLOTS);
      stages.add(OnnxShard.load(checkpoint, spec));
    }
  }

  static LocalPipeline whole(Checkpoint checkpoint, WeightType weightType) {
    return new LocalPipeline(checkpoint, weightType, 1, List.of());
  }

  /** A free slot, for a sequence. */
  int open() {
    int slot = open.nextClearBit(0);
    open.set(slot);
    return slot;
  }

  void release(int slot) {
    open.clear(slot);
    stages.forEach(stage -> stage.truncate(slot, 0));
  }

  List<Shard> stages() {
    return stages;
  }

  /** One step of one sequence; logits {@code [logits, vocabulary]} of its last rows. */
  float[][] forward(int slot, int position, int[] ids, int logits) {
    return forward(List.of(new Span(slot, position, ids.length, logits)), ids).get(0);
  }

  /** One step; logits of each span. */
  List<float[][]> forward(List<Span> spans, int... ids) {
    StageInput input = new StageInput.TokenIds(ids);
    for (Shard stage : stages) {
      List<StageOutput> outputs = stage.forward(spans, input);
      outputs.forEach(StageOutput::orThrow);
      if (stage.spec().hasHead()) {
        return outputs.stream().map(output -> rows((StageOutput.Logits) output)).toList();
      }
      input = handedOn(outputs);
    }
    throw new AssertionError("expected logits from the last stage, found none");
  }

  private static StageInput handedOn(List<StageOutput> outputs) {
    List<ByteBuffer> values =
        outputs.stream().map(output -> ((StageOutput.HiddenStates) output).values()).toList();
    ByteBuffer all = ByteBuffer.allocate(values.stream().mapToInt(ByteBuffer::remaining).sum());
    values.forEach(all::put);
    return new StageInput.HiddenStates(all.flip());
  }

  /** Logits after each token of a sequence that is computed in one step. */
  float[][] prefill(int[] ids) {
    int slot = open();
    float[][] logits = forward(slot, 0, ids, ids.length);
    release(slot);
    return logits;
  }

  private static float[][] rows(StageOutput.Logits logits) {
    FloatBuffer values = logits.values();
    int columns = logits.rows() == 0 ? 0 : values.remaining() / logits.rows();
    float[][] rows = new float[logits.rows()][columns];
    for (float[] row : rows) {
      values.get(row);
    }
    return rows;
  }

  static int likeliest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  @Override
  public void close() {
    stages.forEach(Shard::close);
  }
}
