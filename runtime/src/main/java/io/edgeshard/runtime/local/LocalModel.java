package io.edgeshard.runtime.local;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.chat.ChatEncoder;
import io.edgeshard.runtime.chat.ChatTemplate;
import io.edgeshard.runtime.chat.ChatTurn;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.sampling.Sampler;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.runtime.sampling.SeededSampler;
import io.edgeshard.runtime.shard.OnnxShard;
import io.edgeshard.runtime.shard.OpenedParts;
import io.edgeshard.runtime.shard.Shard;
import io.edgeshard.runtime.shard.ShardSpec;
import io.edgeshard.runtime.shard.ShardSpec.Slots;
import io.edgeshard.runtime.shard.StageInput;
import io.edgeshard.runtime.shard.StageOutput;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.runtime.tokenizer.GgufTokenizer;
import io.edgeshard.runtime.tokenizer.IncrementalDecoder;
import io.edgeshard.runtime.tokenizer.Tokenizer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** A whole chat model in this process. Not thread-safe: one answer at a time. */
public final class LocalModel implements AutoCloseable {
  private static final int SLOT = 0;
  private static final int MOST_CONTEXT_TOKENS = 4096;
  private static final int PREFILL_CHUNK_TOKENS = 128;
  private static final int REPETITION_WINDOW_TOKENS = 64;

  private final Checkpoint checkpoint;
  private final Tokenizer tokenizer;
  private final ChatEncoder chats;
  private final Shard shard;
  private final int contextTokens;

  private LocalModel(
      Checkpoint checkpoint, Tokenizer tokenizer, ChatEncoder chats, Shard shard, int context) {
    this.checkpoint = checkpoint;
    this.tokenizer = tokenizer;
    this.chats = chats;
    this.shard = shard;
    this.contextTokens = context;
  }

  /**
   * Loads a GGUF file, to run fast on all cores.
   *
   * @throws ModelException when it is missing, damaged, not supported or not made for chats
   */
  public static LocalModel load(Path file) {
    return load(file, WeightType.FAST, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Loads a GGUF file.
   *
   * @param threads of ONNX Runtime within an operator
   * @throws ModelException when it is missing, damaged, not supported or not made for chats
   */
  public static LocalModel load(Path file, WeightType weightType, int threads) {
    try (OpenedParts parts = new OpenedParts()) {
      Checkpoint checkpoint = parts.add(Checkpoint.open(file));
      ChatTemplate template =
          ChatTemplate.from(checkpoint.metadata())
              .orElseThrow(
                  () ->
                      new ModelException(
                          "expected a model with a chat template, found none in " + file));
      Tokenizer tokenizer = parts.add(GgufTokenizer.from(checkpoint.metadata()));
      int context = Math.min(checkpoint.spec().contextLength(), MOST_CONTEXT_TOKENS);
      Shard shard =
          parts.add(
              OnnxShard.load(checkpoint, whole(checkpoint.spec(), weightType, threads, context)));
      LocalModel model =
          new LocalModel(
              checkpoint, tokenizer, new ChatEncoder(template, tokenizer), shard, context);
      parts.keep();
      return model;
    }
  }

  private static ShardSpec whole(ModelSpec model, WeightType weightType, int threads, int context) {
    return new ShardSpec(model.allLayers(), true, true, weightType, threads, new Slots(1, context));
  }

  /** Answers one question, tokens chosen as the model's file recommends, else as EdgeShard does. */
  public void answer(String question, Consumer<String> reader) {
    answer(List.of(new ChatTurn("user", question)), recommended(), reader);
  }

  /**
   * Answers a chat, until the model ends its answer or the context is full.
   *
   * @param reader gets the text piece by piece as it is made, on this thread; what it throws ends
   *     the answer
   * @throws ModelException when the chat is longer than the context
   * @throws io.edgeshard.runtime.chat.ChatRefusedException when the model takes no such chat
   */
  public void answer(List<ChatTurn> chat, SamplingParameters sampling, Consumer<String> reader) {
    int[] prompt = chats.encode(chat);
    if (prompt.length >= contextTokens) {
      throw new ModelException(
          "expected a chat of at most %d tokens, found %d: shorten it"
              .formatted(contextTokens - 1, prompt.length));
    }
    decode(prompt, new SeededSampler(sampling, prompt, new int[0]), reader);
  }

  private void decode(int[] prompt, Sampler sampler, Consumer<String> reader) {
    IncrementalDecoder text = new IncrementalDecoder(tokenizer, prompt);
    FloatBuffer logits = prefill(prompt);
    int token = sampler.sample(logits).id();
    int length = prompt.length;
    while (!tokenizer.endOfAnswerIds().contains(token)) {
      hand(text.accept(token), reader);
      if (length == contextTokens) {
        break;
      }
      token = sampler.sample(step(length, new int[] {token})).id();
      length++;
    }
    hand(text.flush(), reader);
  }

  private FloatBuffer prefill(int[] prompt) {
    int last = (prompt.length - 1) / PREFILL_CHUNK_TOKENS * PREFILL_CHUNK_TOKENS;
    for (int start = 0; start < last; start += PREFILL_CHUNK_TOKENS) {
      int[] chunk = Arrays.copyOfRange(prompt, start, start + PREFILL_CHUNK_TOKENS);
      forward(new Span(SLOT, start, chunk.length, 0), chunk);
    }
    return step(last, Arrays.copyOfRange(prompt, last, prompt.length));
  }

  private FloatBuffer step(int position, int[] ids) {
    StageOutput output = forward(new Span(SLOT, position, ids.length, 1), ids);
    return ((StageOutput.Logits) output).values();
  }

  private StageOutput forward(Span span, int... ids) {
    return shard.forward(List.of(span), new StageInput.TokenIds(ids)).get(0).orThrow();
  }

  private static void hand(String text, Consumer<String> reader) {
    if (!text.isEmpty()) {
      reader.accept(text);
    }
  }

  private SamplingParameters recommended() {
    SamplingChoice choice =
        SamplingChoice.from(checkpoint.metadata()).or(SamplingChoice.AS_SHIPPED);
    return new SamplingParameters(
        choice.temperature().orElseThrow(),
        choice.topK().orElseThrow(),
        choice.topP().orElseThrow(),
        choice.minP().orElseThrow(),
        choice.repeatPenalty().orElseThrow(),
        REPETITION_WINDOW_TOKENS,
        0,
        0,
        Map.of(),
        ThreadLocalRandom.current().nextLong(),
        -1);
  }

  @Override
  public void close() {
    shard.close();
    tokenizer.close();
    checkpoint.close();
  }
}
