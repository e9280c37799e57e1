package io.edgeshard.runtime.checkpoint;

import io.edgeshard.planner.model.ModelSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A GGUF file. A tensor is mapped each time it is asked for and never kept here, so its pages can
 * leave memory as soon as the one who asked lets go of it.
 */
final class GgufCheckpoint implements Checkpoint {
  /** More than any header takes: a bound on what lies about its counts. */
  private static final long MAX_HEADER_BYTES = 128L << 20;

  private final ModelFile modelFile;
  private final GgufHeader header;
  private final ModelSpec spec;
  private final ModelFault fault;

  private GgufCheckpoint(ModelFile modelFile, GgufHeader header, ModelSpec spec, ModelFault fault) {
    this.modelFile = modelFile;
    this.header = header;
    this.spec = spec;
    this.fault = fault;
  }

  static Checkpoint open(Path file) {
    ModelFile modelFile = ModelFile.open(file);
    boolean opened = false;
    try {
      Checkpoint checkpoint = read(modelFile);
      opened = true;
      return checkpoint;
    } finally {
      if (!opened) {
        modelFile.close();
      }
    }
  }

  private static Checkpoint read(ModelFile modelFile) {
    ModelFault fault = new ModelFault(modelFile.path());
    long headerBytes = Math.min(modelFile.sizeBytes(), MAX_HEADER_BYTES);
    GgufHeader header =
        GgufHeader.read(
            modelFile.map(0, headerBytes),
            modelFile.sizeBytes(),
            fault,
            metadata -> LlamaSupport.check(metadata, fault));
    ModelSpec spec =
        new LlamaSpecReader(header, tensor -> slice(modelFile, header, tensor), fault).read();
    return new GgufCheckpoint(modelFile, header, spec, fault);
  }

  private static TensorSlice slice(ModelFile modelFile, GgufHeader header, GgufTensor tensor) {
    return new TensorSlice(
        tensor.name(),
        tensor.type(),
        tensor.rows(),
        tensor.columns(),
        modelFile.map(header.dataStartBytes() + tensor.offsetBytes(), tensor.sizeBytes()));
  }

  @Override
  public Path file() {
    return modelFile.path();
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public Metadata metadata() {
    return header.metadata();
  }

  @Override
  public Optional<TensorSlice> find(String name) {
    return Optional.ofNullable(header.tensors().get(name))
        .map(tensor -> slice(modelFile, header, tensor));
  }

  @Override
  public TensorSlice tensor(String name) {
    return find(name)
        .orElseThrow(() -> fault.damaged("a tensor named '" + name + "'", "none of that name"));
  }

  @Override
  public void close() {
    modelFile.close();
  }
}
