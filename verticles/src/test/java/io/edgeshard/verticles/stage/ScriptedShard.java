package io.edgeshard.verticles.stage;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.shard.Shard;
import io.edgeshard.runtime.shard.ShardSpec;
import io.edgeshard.runtime.shard.StageInput;
import io.edgeshard.runtime.shard.StageOutput;
import io.edgeshard.runtime.shard.step.Span;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Whether the next step fails. */
  public boolean failsNext;

  /** Whether the next release fails. */
  public boolean failsRelease;

  /** Whether it was closed. */
  public boolean closed;

  private final ShardSpec spec;
  private final Map<Integer, Integer> lengths = new HashMap<>();

  public ScriptedShard(ShardSpec spec) {
    this.spec = spec;
  }

  @Override
  public ShardSpec spec() {
    return spec;
  }

  @Override
  public int length(int slot) {
    return lengths.getOrDefault(slot, 0);
  }

  @Override
  public List<StageOutput> forward(List<Span> spans, StageInput input) {
    List<StageOutput> outputs = new ArrayList<>();
    float[] values = values(input);
    int row = 0;
    for (Span span : spans) {
      outputs.add(forward(span, Arrays.copyOfRange(values, row, row + span.rows())));
      row += span.rows();
    }
    return outputs;
  }

  private StageOutput forward(Span span, float... values) {
    calls.add(span.position() + "+" + span.rows());
    if (failsNext) {
      failsNext = false;
      return new StageOutput.Failed(new ModelException("scripted failure"));
    }
    lengths.put(span.slot(), span.end());
    if (!spec.hasHead()) {
      ByteBuffer states =
          ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      states.asFloatBuffer().put(values);
      return new StageOutput.HiddenStates(values.length, states);
    }
    float[] logits = new float[span.logits() * VOCABULARY];
    for (int i = 0; i < span.logits(); i++) {
      int token = (int) values[values.length - span.logits() + i];
      logits[i * VOCABULARY + (token + 1) % VOCABULARY] = 5;
    }
    return new StageOutput.Logits(span.logits(), FloatBuffer.wrap(logits));
  }

  private static float[] values(StageInput input) {
    if (input instanceof StageInput.TokenIds tokens) {
      float[] values = new float[tokens.ids().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = tokens.ids()[i];
      }
      return values;
    }
    FloatBuffer states =
        ((StageInput.HiddenStates) input).values().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] values = new float[states.remaining()];
    states.get(values);
    return values;
  }

  @Override
  public void truncate(int slot, int tokens) {
    if (failsRelease) {
      failsRelease = false;
      throw new ModelException("scripted failure");
    }
    lengths.put(slot, tokens);
  }

  @Override
  public long kvCacheBytes() {
    return lengths.values().stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public void close() {
    closed = true;
  }
}
