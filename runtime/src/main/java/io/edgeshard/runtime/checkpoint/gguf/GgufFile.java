package io.edgeshard.runtime.checkpoint.gguf;

import io.edgeshard.runtime.checkpoint.TensorSlice;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * An open GGUF file whose header was checked: every tensor lies where it says and is as large as it
 * says. A tensor is mapped each time it is asked for and never kept here, so its pages can leave
 * memory as soon as the one who asked lets go of it.
 */
public final class GgufFile implements AutoCloseable {
  /** More than any header takes: a bound on what lies about its counts. */
  private static final long MAX_HEADER_BYTES = 128L << 20;

  private final ByteSource source;
  private final GgufHeader header;
  private final ModelFault fault;

  private GgufFile(ByteSource source, GgufHeader header, ModelFault fault) {
    this.source = source;
    this.header = header;
    this.fault = fault;
  }

  /**
   * Opens a file.
   *
   * @param metadataCheck may refuse the model before its tensor table is read
   * @throws io.edgeshard.runtime.ModelException when it is missing, damaged or refused
   */
  public static GgufFile open(Path path, BiConsumer<GgufMetadata, ModelFault> metadataCheck) {
    return read(MappedFile.open(path), metadataCheck);
  }

  /** Reads the header; the source belongs to the file, and is closed when there is none. */
  static GgufFile read(ByteSource source, BiConsumer<GgufMetadata, ModelFault> metadataCheck) {
    ModelFault fault = new ModelFault(source.path());
    boolean sound = false;
    try {
      long headerBytes = Math.min(source.sizeBytes(), MAX_HEADER_BYTES);
      GgufHeader header =
          GgufHeader.read(
              source.map(0, headerBytes),
              source.sizeBytes(),
              fault,
              metadata -> metadataCheck.accept(metadata, fault));
      sound = true;
      return new GgufFile(source, header, fault);
    } finally {
      if (!sound) {
        source.close();
      }
    }
  }

  public Path path() {
    return source.path();
  }

  /** Words for what is wrong with this file. */
  public ModelFault fault() {
    return fault;
  }

  public GgufMetadata metadata() {
    return header.metadata();
  }

  /** The tensors by name, in the file's order. */
  public Map<String, GgufTensor> tensors() {
    return header.tensors();
  }

  /** Maps one of {@link #tensors()}. */
  public TensorSlice slice(GgufTensor tensor) {
    return new TensorSlice(
        tensor.name(),
        tensor.type(),
        tensor.rows(),
        tensor.columns(),
        source.map(header.dataStartBytes() + tensor.offsetBytes(), tensor.sizeBytes()));
  }

  @Override
  public void close() {
    source.close();
  }
}
