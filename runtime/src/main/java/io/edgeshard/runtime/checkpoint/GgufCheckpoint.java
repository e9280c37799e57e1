package io.edgeshard.runtime.checkpoint;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.runtime.checkpoint.gguf.GgufFile;
import io.edgeshard.runtime.checkpoint.llama.LlamaSpecReader;
import io.edgeshard.runtime.checkpoint.llama.LlamaSupport;
import java.nio.file.Path;
import java.util.Optional;

/** A Llama-architecture model in a GGUF file. */
final class GgufCheckpoint implements Checkpoint {
  private final GgufFile gguf;
  private final ModelSpec spec;

  private GgufCheckpoint(GgufFile gguf, ModelSpec spec) {
    this.gguf = gguf;
    this.spec = spec;
  }

  static Checkpoint open(Path file) {
    GgufFile gguf = GgufFile.open(file, LlamaSupport::check);
    boolean sound = false;
    try {
      ModelSpec spec = LlamaSpecReader.read(gguf);
      sound = true;
      return new GgufCheckpoint(gguf, spec);
    } finally {
      if (!sound) {
        gguf.close();
      }
    }
  }

  @Override
  public Path file() {
    return gguf.path();
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public Metadata metadata() {
    return gguf.metadata();
  }

  @Override
  public Optional<TensorSlice> find(String name) {
    return Optional.ofNullable(gguf.tensors().get(name)).map(gguf::slice);
  }

  @Override
  public TensorSlice tensor(String name) {
    return find(name)
        .orElseThrow(
            () -> gguf.fault().damaged("a tensor named '" + name + "'", "none of that name"));
  }

  @Override
  public void close() {
    gguf.close();
  }
}
