package io.edgeshard.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.fixture.gguf.GgufWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beyond 2 GiB, most of them holes that take no room on the disk. */
final class LargeGgufTest {
  private static final String QUERY = "blk.0.attn_q.weight";
  private static final long FAR_BYTES = 5L << 30;

  @Test
  void tensor_beyondTwoGiB_isMapped(@TempDir Path folder) throws IOException {
    int tensorBytes = 32 * 32 * 4;
    GgufWriter gguf = writer(FAR_BYTES, 32, 32);
    Path file = gguf.write(folder.resolve("large.gguf"));
    long dataStart = (gguf.headerBytes() + 31L) / 32 * 32;
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.seek(dataStart + FAR_BYTES + tensorBytes - 1);
      large.write(77);
    }

    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      TensorSlice tensor = checkpoint.tensor(QUERY);
      assertThat(tensor.data().remaining()).isEqualTo(tensorBytes);
      assertThat(tensor.data().get(tensorBytes - 1)).isEqualTo((byte) 77);
    }
  }

  @Test
  void open_tensorOfTwoGiB_saysWhatToTake(@TempDir Path folder) throws IOException {
    Path file = writer(1 << 20, 1 << 20, 1 << 9).write(folder.resolve("large.gguf"));
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(FAR_BYTES);
    }

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "expected tensors of less than 2 GiB each, found 2147483648 bytes of '%s' in %s: take"
                + " the model with smaller weights, Q8_0 or Q4_1",
            QUERY, file);
  }

  private static GgufWriter writer(long offset, long columns, long rows) {
    return new SmallGguf()
        .with(
            QUERY,
            gguf ->
                gguf.rawTensor(
                    QUERY, TensorType.F32.code(), List.of(columns, rows), offset, new byte[0]))
        .writer();
  }
}
