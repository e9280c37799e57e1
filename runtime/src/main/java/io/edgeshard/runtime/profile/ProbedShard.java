package io.edgeshard.runtime.profile;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.DirectMemory;
import io.edgeshard.runtime.kvcache.SequenceId;
import io.edgeshard.runtime.sampling.Sampler;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.runtime.sampling.SeededSampler;
import io.edgeshard.runtime.shard.LogitRows;
import io.edgeshard.runtime.shard.OnnxShard;
import io.edgeshard.runtime.shard.StageInput;
import io.edgeshard.runtime.shard.StageOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A shard loaded to be timed, with sequences and made-up input; steps it as a stage would. */
final class ProbedShard implements AutoCloseable {
  private final OnnxShard shard;
  private final ModelSpec model;
  private final DirectMemory hidden;
  private final int capacityTokens;
  private final List<SequenceId> sequences = new ArrayList<>();
  private final Sampler sampler =
      new SeededSampler(SamplingParameters.greedy(), new int[0], new int[0]);

  /**
   * Takes over a shard.
   *
   * @param hidden made-up hidden states of as many rows as a step may have
   * @param capacityTokens the most that a sequence will hold
   */
  ProbedShard(OnnxShard shard, ModelSpec model, DirectMemory hidden, int capacityTokens) {
    this.shard = shard;
    this.model = model;
    this.capacityTokens = capacityTokens;
    this.hidden = hidden;
  }

  int layers() {
    return shard.spec().layers().count();
  }

  /** One step of the first sequence: so many rows after so many tokens. */
  void step(int rows, int contextTokens) {
    step(0, rows, contextTokens);
  }

  /**
   * One decode step for each of some sequences, one after the other, as a stage does it today: the
   * graph takes the rows of one sequence only.
   */
  void decodeBatch(int count, int contextTokens) {
    for (int i = 0; i < count; i++) {
      step(i, 1, contextTokens);
    }
  }

  /** Makes the first sequences hold so many tokens at least, in chunks of at most so many rows. */
  void fill(int count, int tokens, int chunk) {
    for (int i = 0; i < count; i++) {
      SequenceId sequence = sequence(i);
      for (int at = shard.length(sequence); at < tokens; at = shard.length(sequence)) {
        step(i, Math.min(chunk, tokens - at), at);
      }
    }
  }

  private void step(int index, int rows, int position) {
    StageOutput output = shard.forward(sequence(index), position, input(rows), LogitRows.LAST);
    if (output instanceof StageOutput.Logits logits) {
      sampler.sample(logits.values());
    }
  }

  private SequenceId sequence(int index) {
    while (sequences.size() <= index) {
      SequenceId sequence = SequenceId.random();
      shard.open(sequence, capacityTokens);
      sequences.add(sequence);
    }
    return sequences.get(index);
  }

  private StageInput input(int rows) {
    if (shard.spec().hasEmbedding()) {
      int[] ids = new int[rows];
      Arrays.setAll(ids, row -> (row * 31 + 7) % model.vocabularySize());
      return new StageInput.TokenIds(ids);
    }
    ByteBuffer values = hidden.slice(0, rows * model.hiddenSize() * Float.BYTES);
    return new StageInput.HiddenStates(rows, values.order(ByteOrder.LITTLE_ENDIAN));
  }

  @Override
  public void close() {
    shard.close();
  }
}
