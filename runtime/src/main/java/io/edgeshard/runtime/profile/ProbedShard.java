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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shard loaded to be timed, with sequences and made-up input; steps it as a stage would. */
final class ProbedShard implements AutoCloseable {
  private final OnnxShard shard;
  private final ModelSpec model;
  private final DirectMemory hidden;
  private final int mostRows;
  private final Runnable giveWay;
  private final Map<Integer, List<SequenceId>> sequences = new HashMap<>();
  private final Sampler sampler =
      new SeededSampler(SamplingParameters.greedy(), new int[0], new int[0]);

  /**
   * Takes over a shard.
   *
   * @param hidden made-up hidden states of as many rows as a step may have
   * @param giveWay called before each step that fills a sequence
   */
  ProbedShard(OnnxShard shard, ModelSpec model, DirectMemory hidden, Runnable giveWay) {
    this.giveWay = giveWay;
    this.shard = shard;
    this.model = model;
    mostRows = hidden.bytes() / (model.hiddenSize() * Float.BYTES);
    this.hidden = hidden;
  }

  int layers() {
    return shard.spec().layers().count();
  }

  /** One step of a sequence: so many rows after so many tokens. */
  void step(int rows, int contextTokens) {
    step(sequence(0, contextTokens), rows, contextTokens);
  }

  /**
   * One decode step for each of some sequences, one after the other, as a stage does it today: the
   * graph takes the rows of one sequence only.
   */
  void decodeBatch(int count, int contextTokens) {
    for (int i = 0; i < count; i++) {
      step(sequence(i, contextTokens), 1, contextTokens);
    }
  }

  /** Opens and fills as many sequences as later steps with so much context need. */
  void prepare(int count, int contextTokens) {
    for (int i = 0; i < count; i++) {
      sequence(i, contextTokens);
    }
  }

  private void step(SequenceId sequence, int rows, int position) {
    StageOutput output = shard.forward(sequence, position, input(rows), LogitRows.LAST);
    if (output instanceof StageOutput.Logits logits) {
      sampler.sample(logits.values());
    }
  }

  /** The sequences whose steps all begin after so many tokens: a step cuts off what lies behind. */
  private SequenceId sequence(int index, int contextTokens) {
    List<SequenceId> filled = sequences.computeIfAbsent(contextTokens, none -> new ArrayList<>());
    while (filled.size() <= index) {
      SequenceId sequence = SequenceId.random();
      shard.open(sequence, contextTokens + mostRows);
      for (int at = 0; at < contextTokens; at += mostRows) {
        giveWay.run();
        step(sequence, Math.min(mostRows, contextTokens - at), at);
      }
      filled.add(sequence);
    }
    return filled.get(index);
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
