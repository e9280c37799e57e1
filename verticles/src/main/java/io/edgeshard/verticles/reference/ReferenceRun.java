package io.edgeshard.verticles.reference;

import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.runtime.sampling.SeededSampler;
import io.edgeshard.runtime.shard.OnnxShard;
import io.edgeshard.runtime.shard.ShardSpec;
import io.edgeshard.runtime.shard.ShardSpec.Slots;
import io.edgeshard.runtime.shard.StageInput;
import io.edgeshard.runtime.shard.StageOutput;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.reference.ExpectedAnswer.Token;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs a whole model on this machine, as many layers at a time as its memory holds: loads a range,
 * runs it, closes it, goes on with the next. Every token is computed from the whole text before it.
 */
public final class ReferenceRun {
  /** Greedy, with the log-probability of what was chosen. */
  public static final SamplingParameters GREEDY =
      new SamplingParameters(0, 0, 1, 0, 1, 0, 0, 0, Map.of(), 0, 0);

  private final Checkpoint checkpoint;
  private final WeightType weightType;
  private final int threads;
  private final long memoryLimitBytes;

  /**
   * A run of a model.
   *
   * @param checkpoint stays open
   * @param threads of ONNX Runtime within an operator
   * @param memoryLimitBytes what a shard may use, the process included
   */
  public ReferenceRun(
      Checkpoint checkpoint, WeightType weightType, int threads, long memoryLimitBytes) {
    this.checkpoint = checkpoint;
    this.weightType = weightType;
    this.threads = threads;
    this.memoryLimitBytes = memoryLimitBytes;
  }

  /**
   * The answer to a prompt.
   *
   * @throws ModelException when not even one layer fits
   */
  public ExpectedAnswer answer(int[] promptIds, int tokenCount) {
    List<LayerRange> ranges = ranges(promptIds.length + tokenCount);
    if (ranges.size() > 1) {
      return answer(promptIds, tokenCount, text -> next(ranges, text));
    }
    LayerRange all = ranges.get(0);
    try (OnnxShard whole =
        OnnxShard.load(checkpoint, spec(all, true, promptIds.length + tokenCount))) {
      return answer(
          promptIds,
          tokenCount,
          text -> sample(run(whole, new StageInput.TokenIds(text), text.length, 1), text));
    }
  }

  private ExpectedAnswer answer(
      int[] promptIds, int tokenCount, Function<int[], SampledToken> model) {
    List<Token> tokens = new ArrayList<>();
    int[] text = promptIds;
    for (int i = 0; i < tokenCount; i++) {
      SampledToken next = model.apply(text);
      tokens.add(new Token(next.id(), next.logProbability()));
      text = Arrays.copyOf(text, text.length + 1);
      text[text.length - 1] = next.id();
    }
    return new ExpectedAnswer(
        weightType.label(), Arrays.stream(promptIds).boxed().toList(), tokens);
  }

  /** How many ranges the model is run in. */
  int rangeCount(int textTokens) {
    return ranges(textTokens).size();
  }

  private SampledToken next(List<LayerRange> ranges, int[] text) {
    StageInput input = new StageInput.TokenIds(text);
    for (LayerRange range : ranges) {
      boolean isLast = range.end() == checkpoint.spec().layerCount();
      try (OnnxShard shard = OnnxShard.load(checkpoint, spec(range, isLast, text.length))) {
        StageOutput output = run(shard, input, text.length, isLast ? 1 : 0);
        if (isLast) {
          return sample(output, text);
        }
        input = copy((StageOutput.HiddenStates) output);
      }
    }
    throw new IllegalStateException("expected the last range to give logits, found none");
  }

  private static StageOutput run(OnnxShard shard, StageInput input, int rows, int logits) {
    return shard.forward(List.of(new Span(0, 0, rows, logits)), input).get(0).orThrow();
  }

  private static SampledToken sample(StageOutput output, int[] text) {
    return new SeededSampler(GREEDY, text, new int[0])
        .sample(((StageOutput.Logits) output).values());
  }

  /** Hidden states that stay when their shard is closed. */
  private static StageInput copy(StageOutput.HiddenStates states) {
    ByteBuffer values = states.values().duplicate();
    ByteBuffer kept = ByteBuffer.allocateDirect(values.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    kept.put(values).flip();
    return new StageInput.HiddenStates(kept);
  }

  private ShardSpec spec(LayerRange range, boolean isLast, int textTokens) {
    return new ShardSpec(
        range, range.start() == 0, isLast, weightType, threads, new Slots(1, textTokens));
  }

  private List<LayerRange> ranges(int textTokens) {
    ModelSpec model = checkpoint.spec();
    List<LayerRange> ranges = new ArrayList<>();
    int start = 0;
    while (start < model.layerCount()) {
      int from = start;
      int end =
          IntStream.iterate(model.layerCount(), last -> last > from, last -> last - 1)
              .filter(last -> fits(new LayerRange(from, last), textTokens))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ModelException(
                          "expected room for one layer of %s, found %d bytes: give this node more with --memory"
                              .formatted(model.name(), memoryLimitBytes)));
      ranges.add(new LayerRange(from, end));
      start = end;
    }
    return ranges;
  }

  private boolean fits(LayerRange range, int textTokens) {
    boolean isLast = range.end() == checkpoint.spec().layerCount();
    return memory(textTokens)
            .estimate(MemoryOffer.of(memoryLimitBytes), range, range.start() == 0, isLast)
            .totalBytes()
        <= memoryLimitBytes;
  }

  private MemoryModel memory(int textTokens) {
    return new MemoryModel(checkpoint.spec(), weightType, new Workload(textTokens, 1, textTokens));
  }
}
