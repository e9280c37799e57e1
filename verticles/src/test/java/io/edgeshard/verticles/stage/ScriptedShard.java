package io.edgeshard.verticles.stage;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.kvcache.KvCacheFullException;
import io.edgeshard.runtime.kvcache.SequenceId;
import io.edgeshard.runtime.shard.LogitRows;
import io.edgeshard.runtime.shard.Shard;
import io.edgeshard.runtime.shard.ShardSpec;
import io.edgeshard.runtime.shard.StageInput;
import io.edgeshard.runtime.shard.StageOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A shard that computes nothing: hidden states are the token ids as floats, passed on unchanged,
 * and the likeliest next token is the last one plus one. It keeps the rules of {@link Shard}.
 */
public final class ScriptedShard implements Shard {
  /** Tokens it knows. */
  public static final int VOCABULARY = 100;

  /** Width of its hidden states. */
  public static final int HIDDEN = 1;

  /** Every call, in order. */
  public final List<String> calls = new ArrayList<>();

  /** How many sequences fit. */
  public int room = Integer.MAX_VALUE;

  /** Whether the next step fails. */
  public boolean failsNext;

  /** Whether the next release fails. */
  public boolean failsRelease;

  /** Whether it was closed. */
  public boolean closed;

  private final ShardSpec spec;
  private final Map<SequenceId, Integer> lengths = new HashMap<>();

  public ScriptedShard(ShardSpec spec) {
    this.spec = spec;
  }

  @Override
  public ShardSpec spec() {
    return spec;
  }

  @Override
  public void open(SequenceId sequence, int capacityTokens) {
    if (lengths.size() >= room) {
      throw new KvCacheFullException("expected room for a sequence, found none");
    }
    lengths.put(sequence, 0);
  }

  @Override
  public int length(SequenceId sequence) {
    return lengths.getOrDefault(sequence, -1);
  }

  @Override
  public StageOutput forward(
      SequenceId sequence, int position, StageInput input, LogitRows logitRows) {
    calls.add(position + "+" + input.rows());
    if (failsNext) {
      failsNext = false;
      throw new ModelException("scripted failure");
    }
    lengths.put(sequence, position + input.rows());
    float[] values = values(input);
    if (!spec.hasHead()) {
      ByteBuffer states =
          ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      states.asFloatBuffer().put(values);
      return new StageOutput.HiddenStates(values.length, states);
    }
    int rows = logitRows == LogitRows.NONE ? 0 : 1;
    float[] logits = new float[rows * VOCABULARY];
    if (rows == 1) {
      logits[((int) values[values.length - 1] + 1) % VOCABULARY] = 5;
    }
    return new StageOutput.Logits(rows, FloatBuffer.wrap(logits));
  }

  private static float[] values(StageInput input) {
    float[] values = new float[input.rows()];
    if (input instanceof StageInput.TokenIds tokens) {
      for (int i = 0; i < values.length; i++) {
        values[i] = tokens.ids()[i];
      }
    } else if (input instanceof StageInput.HiddenStates states) {
      states.values().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    }
    return values;
  }

  @Override
  public void release(SequenceId sequence) {
    if (failsRelease) {
      failsRelease = false;
      throw new ModelException("scripted failure");
    }
    lengths.remove(sequence);
  }

  @Override
  public long kvCacheReservedBytes() {
    return lengths.size();
  }

  @Override
  public void close() {
    closed = true;
  }
}
