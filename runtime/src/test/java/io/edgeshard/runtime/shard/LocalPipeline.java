package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.kvcache.SequenceId;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** A model cut into shards that all run here, one after the other, hidden states handed on. */
final class LocalPipeline implements AutoCloseable {
  static final long BUDGET_BYTES = 1L << 30;

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
      ShardSpec spec = new ShardSpec(range, i == 0, last, weightType, threads, BUDGET_BYTES);
      stages.add(OnnxShard.load(checkpoint, spec));
    }
  }

  static LocalPipeline whole(Checkpoint checkpoint, WeightType weightType) {
    return new LocalPipeline(checkpoint, weightType, 1, List.of());
  }

  SequenceId open(int capacityTokens) {
    SequenceId sequence = SequenceId.random();
    stages.forEach(stage -> stage.open(sequence, capacityTokens));
    return sequence;
  }

  void release(SequenceId sequence) {
    stages.forEach(stage -> stage.release(sequence));
  }

  List<Shard> stages() {
    return stages;
  }

  /** One step; logits {@code [rows, vocabulary]} of the rows asked for. */
  float[][] forward(SequenceId sequence, int position, int[] ids, LogitRows logitRows) {
    StageInput input = new StageInput.TokenIds(ids);
    for (Shard stage : stages) {
      StageOutput output = stage.forward(sequence, position, input, logitRows);
      if (output instanceof StageOutput.HiddenStates hidden) {
        input = new StageInput.HiddenStates(hidden.rows(), hidden.values());
      } else if (output instanceof StageOutput.Logits logits) {
        return rows(logits);
      }
    }
    throw new AssertionError("expected logits from the last stage, found none");
  }

  /** Logits after each token of a sequence that is computed in one step. */
  float[][] prefill(int[] ids) {
    SequenceId sequence = open(ids.length);
    float[][] logits = forward(sequence, 0, ids, LogitRows.ALL);
    release(sequence);
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
