package io.edgeshard.runtime.shard;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.kvcache.KvArena;
import io.edgeshard.runtime.kvcache.KvShape;
import io.edgeshard.runtime.session.Binding;
import io.edgeshard.runtime.session.ShardSession;
import io.edgeshard.runtime.shard.step.Lowering;
import io.edgeshard.runtime.shard.step.Run;
import io.edgeshard.runtime.shard.step.SlotBindings;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.runtime.shard.step.StepTensors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A shard whose layers run in ONNX Runtime. */
public final class OnnxShard implements Shard {
  private final ShardSpec spec;
  private final ModelSpec model;
  private final @Nullable EmbeddingTable embedding;
  private final ShardSession session;
  private final LoadedWeights weights;
  private final KvArena cache;
  private final SlotBindings bindings;
  private final StepTensors tensors;
  private final Lowering lowering;

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
    // A slot that computes a row for nobody writes it behind its last token.
    cache =
        new KvArena(
            new KvShape(
                spec.layers().count(),
                model.kvHeadCount(),
                model.headDim(),
                spec.slots().count(),
                spec.slots().tokens() + 1));
    bindings = new SlotBindings(spec.layers(), cache);
    tensors = new StepTensors(model, spec.layers().count() > 0, spec.hasHead());
    lowering = new Lowering(cache.slotsInBank());
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
  public int length(int slot) {
    return cache.length(slot);
  }

  @Override
  public void truncate(int slot, int tokens) {
    if (tokens < 0 || tokens > cache.length(slot)) {
      throw new IllegalArgumentException(
          "expected 0 to %d tokens to keep of slot %d, found %d"
              .formatted(cache.length(slot), slot, tokens));
    }
    cache.setLength(slot, tokens);
  }

  @Override
  public long kvCacheBytes() {
    return cache.heldBytes();
  }

  @Override
  public List<StageOutput> forward(List<Span> spans, StageInput input) {
    checkInput(spans, input);
    return new Step(spans, input).compute();
  }

  /** One step on its way. */
  private final class Step {
    private final List<Span> spans;
    private final StageInput input;
    private final int[] firstRows;
    private final @Nullable StageOutput[] outputs;

    Step(List<Span> spans, StageInput input) {
      this.spans = spans;
      this.input = input;
      firstRows = new int[spans.size()];
      for (int i = 1; i < firstRows.length; i++) {
        firstRows[i] = firstRows[i - 1] + spans.get(i - 1).rows();
      }
      outputs = new StageOutput[spans.size()];
    }

    List<StageOutput> compute() {
      List<Run> runs = lowering.lower(spans, computable());
      List<List<Integer>> logitRows = runs.stream().map(this::logitRows).toList();
      tensors.begin(
          runs.stream().mapToInt(Run::allRows).sum(),
          IntStream.range(0, runs.size())
              .map(i -> resultRows(runs.get(i), logitRows.get(i)))
              .sum());
      int row = 0;
      int result = 0;
      for (int i = 0; i < runs.size(); i++) {
        compute(runs.get(i), logitRows.get(i), row, result);
        row += runs.get(i).allRows();
        result += resultRows(runs.get(i), logitRows.get(i));
      }
      List<StageOutput> done = new ArrayList<>(outputs.length);
      for (StageOutput output : outputs) {
        done.add(Objects.requireNonNull(output));
      }
      return done;
    }

    private List<Integer> computable() {
      List<Integer> computable = new ArrayList<>();
      BitSet slots = new BitSet();
      for (int i = 0; i < outputs.length; i++) {
        try {
          check(spans.get(i), slots);
          checkTokens(i);
          slots.set(spans.get(i).slot());
          computable.add(i);
        } catch (IllegalArgumentException refused) {
          outputs[i] = new StageOutput.Failed(refused);
        }
      }
      return computable;
    }

    private void checkTokens(int place) {
      if (input instanceof StageInput.TokenIds tokens && embedding != null) {
        embedding.check(tokens.ids(), firstRows[place], spans.get(place).rows());
      }
    }

    private int resultRows(Run run, List<Integer> logitRows) {
      return spec.hasHead() ? logitRows.size() : run.allRows();
    }

    /** Which of a run's rows logits are for. */
    private List<Integer> logitRows(Run run) {
      List<Integer> wanted = new ArrayList<>();
      for (int i = 0; i < run.slots(); i++) {
        int place = run.spans().get(i);
        int logits = place == Run.NOBODY ? 0 : spans.get(place).logits();
        int end = (i + 1) * run.rows();
        for (int row = end - logits; row < end; row++) {
          wanted.add(row);
        }
      }
      return wanted;
    }

    private void compute(Run run, List<Integer> logitRows, int firstRow, int firstResult) {
      int[] before = new int[run.slots()];
      for (int i = 0; i < before.length; i++) {
        before[i] = cache.length(run.firstSlot() + i);
        if (run.spans().get(i) != Run.NOBODY) {
          cache.setLength(run.firstSlot() + i, spans.get(run.spans().get(i)).position());
        }
      }
      try {
        writeInput(run, firstRow);
        Binding binding = bindings.binding(run);
        tensors.bind(binding, run, cache, firstRow, firstResult, logitRows);
        session.run(binding);
        readOutput(run, firstResult);
      } catch (ModelException broken) {
        for (int i = 0; i < before.length; i++) {
          cache.setLength(run.firstSlot() + i, before[i]);
          if (run.spans().get(i) != Run.NOBODY) {
            outputs[run.spans().get(i)] = new StageOutput.Failed(broken);
          }
        }
      }
    }

    private void writeInput(Run run, int firstRow) {
      for (int i = 0; i < run.slots(); i++) {
        int place = run.spans().get(i);
        ByteBuffer target = tensors.input(firstRow + i * run.rows(), run.rows());
        if (place == Run.NOBODY) {
          target.put(new byte[target.remaining()]);
        } else if (input instanceof StageInput.TokenIds tokens && embedding != null) {
          embedding.write(tokens.ids(), firstRows[place], run.rows(), target.asFloatBuffer());
        } else if (input instanceof StageInput.HiddenStates states) {
          int rowBytes = model.hiddenSize() * Float.BYTES;
          ByteBuffer values = states.values();
          target.put(
              0, values, values.position() + firstRows[place] * rowBytes, run.rows() * rowBytes);
        }
      }
    }

    private void readOutput(Run run, int firstResult) {
      int result = firstResult;
      for (int i = 0; i < run.slots(); i++) {
        int place = run.spans().get(i);
        int rows = run.rows();
        if (place != Run.NOBODY) {
          Span span = spans.get(place);
          cache.setLength(span.slot(), span.end());
          rows = spec.hasHead() ? span.logits() : rows;
          ByteBuffer values = tensors.output(result, rows);
          outputs[place] =
              spec.hasHead()
                  ? new StageOutput.Logits(rows, values.asFloatBuffer())
                  : new StageOutput.HiddenStates(rows, values);
        } else if (spec.hasHead()) {
          rows = 0;
        }
        result += rows;
      }
    }
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
    Run run = new Run(0, 1, List.of(0));
    tensors.begin(1, 1);
    ByteBuffer hidden = tensors.input(0, 1);
    for (int i = 0; i < model.hiddenSize(); i++) {
      hidden.putFloat((float) Math.sin(i + 1));
    }
    Binding binding = bindings.binding(run);
    tensors.bind(binding, run, cache, 0, 0, List.of(0));
    session.run(binding);
    ByteBuffer output = tensors.output(0, 1);
    return ByteBuffer.allocate(output.remaining()).put(output).flip();
  }

  private void check(Span span, BitSet slots) {
    int count = spec.slots().count();
    if (span.slot() >= count || slots.get(span.slot())) {
      throw new IllegalArgumentException(
          "expected spans of different slots from 0 to %d, found one of slot %d"
              .formatted(count - 1, span.slot()));
    }
    int length = cache.length(span.slot());
    if (span.position() < 0 || span.position() > length) {
      throw new IllegalArgumentException(
          "expected a position from 0 to the length %d of slot %d, found %d"
              .formatted(length, span.slot(), span.position()));
    }
    if (span.rows() > spec.slots().tokens() - span.position()) {
      throw new IllegalArgumentException(
          "expected at most %d tokens in slot %d, found %d more at position %d"
              .formatted(spec.slots().tokens(), span.slot(), span.rows(), span.position()));
    }
  }

  private void checkInput(List<Span> spans, StageInput input) {
    int rows = spans.stream().mapToInt(Span::rows).sum();
    LayerRange layers = spec.layers();
    if (input instanceof StageInput.TokenIds tokens) {
      if (embedding == null) {
        throw new IllegalArgumentException(
            "expected hidden states into layers " + layers + ", found token ids");
      }
      expect("token ids", rows, tokens.ids().length);
    } else if (input instanceof StageInput.HiddenStates states) {
      if (embedding != null) {
        throw new IllegalArgumentException(
            "expected token ids into the first shard, found hidden states");
      }
      expect(
          "bytes of hidden states",
          (long) rows * model.hiddenSize() * Float.BYTES,
          states.values().remaining());
    }
  }

  private static void expect(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalArgumentException(
          "expected %d %s, found %d".formatted(expected, what, found));
    }
  }

  @Override
  public void close() {
    // The last named is closed first; each is, whatever the others throw.
    try (weights;
        session;
        cache;
        tensors) {
      bindings.close();
    }
  }
}
