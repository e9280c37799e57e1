package io.edgeshard.verticles;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.chat.ChatEncoder;
import io.edgeshard.runtime.chat.ChatTemplate;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.runtime.store.ModelStore;
import io.edgeshard.runtime.tokenizer.GgufTokenizer;
import io.edgeshard.runtime.tokenizer.Tokenizer;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.pipeline.request.ServingModel;
import io.edgeshard.verticles.protocol.Fragments;
import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ServedModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The model that the first node was given: its facts, its hash, its tokenizer and chat template.
 *
 * @param path of its file
 * @param bytes of its file
 * @param sha256 content hash of its file
 * @param spec its facts
 * @param recommended how its makers would choose tokens
 * @param serving what serves requests
 */
record FirstModel(
    Path path,
    long bytes,
    String sha256,
    ModelSpec spec,
    SamplingChoice recommended,
    ServingModel serving)
    implements AutoCloseable {
  /** Reads a model file; takes as long as hashing it does. */
  static FirstModel open(Path path, NodeConfig config) {
    try (Checkpoint checkpoint = Checkpoint.open(path)) {
      ModelSpec spec = checkpoint.spec();
      int context = context(spec, config);
      expectSendable(spec, config.serving().prefillChunkTokens());
      expectAllLayers(spec, config.serving().layers());
      SamplingChoice recommended = SamplingChoice.from(checkpoint.metadata());
      ServedModel served =
          new ServedModel(
              spec.name(),
              Instant.now().getEpochSecond(),
              context,
              defaults(config.serving().sampling().or(recommended)));
      Optional<ChatTemplate> template = ChatTemplate.from(checkpoint.metadata());
      long bytes = Files.size(path);
      String sha256 = new ModelStore(config.cacheFolder()).sha256(path);
      // Last, because it has to be closed: nothing may fail after it.
      Tokenizer tokenizer = GgufTokenizer.from(checkpoint.metadata());
      return new FirstModel(
          path,
          bytes,
          sha256,
          spec,
          recommended,
          new ServingModel(served, tokenizer, template.map(it -> new ChatEncoder(it, tokenizer))));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Finds the file for a shard of this model. */
  Path file(String wantedSha256) {
    if (!wantedSha256.equals(sha256)) {
      throw new ModelException(
          "expected a plan for the model " + sha256 + ", found one for " + wantedSha256);
    }
    return path;
  }

  private static SamplingDefaults defaults(SamplingChoice chosen) {
    SamplingChoice all = chosen.or(SamplingChoice.AS_SHIPPED);
    return new SamplingDefaults(
        all.temperature().orElseThrow(),
        all.topP().orElseThrow(),
        all.topK().orElseThrow(),
        all.minP().orElseThrow(),
        all.repeatPenalty().orElseThrow());
  }

  private static void expectSendable(ModelSpec spec, int chunkTokens) {
    long most = Fragments.MAX_STEP_BYTES / ((long) spec.hiddenSize() * Float.BYTES);
    if (chunkTokens > most) {
      throw new ModelException(
          "expected a prefill chunk of at most %d tokens, whose hidden states of %s fit into one step, found %d: lower --prefill-chunk"
              .formatted(most, spec.name(), chunkTokens));
    }
  }

  private static void expectAllLayers(ModelSpec spec, List<Integer> byHand) {
    int sum = byHand.stream().mapToInt(Integer::intValue).sum();
    if (!byHand.isEmpty() && sum != spec.layerCount()) {
      throw new ModelException(
          "--layers: expected numbers that add up to %d, the layers of %s, found %s, which add up to %d"
              .formatted(
                  spec.layerCount(),
                  spec.name(),
                  byHand.stream().map(String::valueOf).collect(Collectors.joining(",")),
                  sum));
    }
  }

  private static int context(ModelSpec spec, NodeConfig config) {
    int asked = config.serving().workload(spec).contextTokens();
    if (asked > spec.contextLength()) {
      throw new ModelException(
          "expected a context of at most %d tokens, which %s was trained for, found %d: lower --context"
              .formatted(spec.contextLength(), spec.name(), asked));
    }
    return asked;
  }

  @Override
  public void close() {
    serving.tokenizer().close();
  }
}
