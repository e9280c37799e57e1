package io.edgeshard.runtime.shard.step;

import io.edgeshard.runtime.NativeMemory;
import io.edgeshard.runtime.graph.RotaryEmbedding;
import io.edgeshard.runtime.graph.ShardGraph;
import io.edgeshard.runtime.session.Binding;
import io.edgeshard.runtime.session.BoundTensor;

/**
 * Cosines and sines of the positions reached so far, {@code float32 [positions, pairs]}; written on
 * when a sequence goes further, since a model's whole context may be tens of megabytes.
 */
final class RotaryTables implements AutoCloseable {
  private static final int FIRST_POSITIONS = 512;

  private final RotaryEmbedding embedding;
  private Table table;

  RotaryTables(RotaryEmbedding embedding) {
    this.embedding = embedding;
    table = new Table(embedding, FIRST_POSITIONS);
  }

  /** Makes the tables hold positions {@code [0, positions)} and binds them. */
  void bind(Binding binding, int positions) {
    if (positions > table.positions) {
      Table larger = new Table(embedding, Math.max(positions, 2 * table.positions));
      table.close();
      table = larger;
    }
    binding.input(ShardGraph.COSINES, table.cosineTensor);
    binding.input(ShardGraph.SINES, table.sineTensor);
  }

  @Override
  public void close() {
    table.close();
  }

  private static final class Table implements AutoCloseable {
    final int positions;
    final NativeMemory cosines;
    final NativeMemory sines;
    final BoundTensor cosineTensor;
    final BoundTensor sineTensor;

    Table(RotaryEmbedding embedding, int positions) {
      this.positions = positions;
      long bytes = (long) positions * embedding.pairs() * Float.BYTES;
      cosines = NativeMemory.allocate(bytes);
      sines = NativeMemory.allocate(bytes);
      embedding.write(
          0, positions, cosines.buffer().asFloatBuffer(), sines.buffer().asFloatBuffer());
      cosineTensor = BoundTensor.float32(cosines.buffer(), positions, embedding.pairs());
      sineTensor = BoundTensor.float32(sines.buffer(), positions, embedding.pairs());
    }

    @Override
    public void close() {
      cosineTensor.close();
      sineTensor.close();
      cosines.close();
      sines.close();
    }
  }
}
