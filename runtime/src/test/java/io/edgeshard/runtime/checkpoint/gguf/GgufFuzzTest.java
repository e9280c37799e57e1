package io.edgeshard.runtime.checkpoint.gguf;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.checkpoint.SmallGguf;
import io.edgeshard.runtime.checkpoint.llama.LlamaSpecReader;
import io.edgeshard.runtime.checkpoint.llama.LlamaSupport;
import io.edgeshard.runtime.fixture.TinyModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds: it opens, or a {@link ModelException} says why not; soon and small. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GgufFuzzTest {
  /** Generous for a model of 100 KB, little beside what a lying count asks for. */
  private static final long MAX_ALLOCATED_BYTES = 4 << 20;

  private static final Pattern SENTENCE = Pattern.compile("expected .+, found .+: .+");

  private static final long[] NASTY_NUMBERS = {
    0,
    1,
    -1,
    2,
    31,
    33,
    0x7F,
    0x80,
    0xFF,
    0x7FFF_FFFFL,
    0x8000_0000L,
    0xFFFF_FFFFL,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE - 31,
    1L << 40,
    1L << 22,
    (1L << 22) + 1
  };

  @Test
  void read_cutAtAnyByte_isRefused() {
    byte[] model = new SmallGguf().writer().bytes();
    for (int size = 0; size < model.length; size++) {
      assertRefused(model, size);
    }
  }

  @Test
  void read_fullModelCutAnywhereInItsHeader_isRefused() {
    byte[] model = TinyModel.grouped().gguf().bytes();
    int headerBytes = TinyModel.grouped().gguf().headerBytes();
    for (int size = 0; size < headerBytes; size++) {
      assertRefused(model, size);
    }
  }

  @Test
  void open_fileCutInManyPlaces_isRefused(@TempDir Path folder) throws IOException {
    Path file = new SmallGguf().write(folder);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (long size = channel.size() - 1; size >= 0; size -= 37) {
        channel.truncate(size);
        assertThatThrownBy(() -> Checkpoint.open(file))
            .as("cut to %d bytes", size)
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("found");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void read_randomDamageToTheHeader_opensOrSaysWhy(long seed) {
    Random random = new Random(seed);
    byte[] sound = (seed % 2 == 0 ? TinyModel.grouped() : TinyModel.sentencePiece()).gguf().bytes();
    int headerBytes = TinyModel.grouped().gguf().headerBytes();
    for (int round = 0; round < 2_000; round++) {
      byte[] damaged = sound.clone();
      damage(damaged, headerBytes, random);
      readWithinBounds(damaged, "seed " + seed + ", round " + round);
    }
  }

  @Test
  void read_everyNumberOfASmallHeaderReplaced_opensOrSaysWhy() {
    byte[] sound = new SmallGguf().writer().bytes();
    int headerBytes = new SmallGguf().writer().headerBytes();
    for (int at = 0; at + Long.BYTES <= headerBytes; at++) {
      for (long nasty : NASTY_NUMBERS) {
        byte[] damaged = sound.clone();
        littleEndian(damaged).putLong(at, nasty);
        readWithinBounds(damaged, nasty + " in 8 bytes at " + at);
      }
      byte[] damaged = sound.clone();
      littleEndian(damaged).putInt(at, -1);
      readWithinBounds(damaged, "-1 in 4 bytes at " + at);
    }
  }

  @Test
  void open_randomBytes_areRefused(@TempDir Path folder) throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      byte[] noise = new byte[random.nextInt(4096)];
      random.nextBytes(noise);
      byte[] start = {'G', 'G', 'U', 'F', 3, 0, 0, 0};
      System.arraycopy(start, 0, noise, 0, Math.min(noise.length, start.length));
      Path file = Files.write(folder.resolve("noise.gguf"), noise);
      assertThatThrownBy(() -> Checkpoint.open(file)).isInstanceOf(ModelException.class);
    }
  }

  /** A few bytes turned, a number made nasty, or a piece moved over another. */
  private static void damage(byte[] model, int headerBytes, Random random) {
    int at = random.nextInt(headerBytes - Long.BYTES);
    switch (random.nextInt(4)) {
      case 0 -> model[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          model[random.nextInt(headerBytes)] = (byte) random.nextInt();
        }
      }
      case 2 ->
          littleEndian(model).putLong(at, NASTY_NUMBERS[random.nextInt(NASTY_NUMBERS.length)]);
      default -> {
        int from = random.nextInt(headerBytes);
        int length = random.nextInt(headerBytes - Math.max(from, at));
        System.arraycopy(model, from, model, at, length);
      }
    }
  }

  private static void assertRefused(byte[] model, int size) {
    try {
      read(ByteBuffer.wrap(model, 0, size).slice());
    } catch (ModelException e) {
      return;
    }
    throw new AssertionError("expected a ModelException for a cut to " + size + ", found none");
  }

  /** Plain comparisons: a fluent assertion costs more than reading the header. */
  private static void readWithinBounds(byte[] model, String what) {
    long before = allocatedBytes();
    try {
      use(read(ByteBuffer.wrap(model)));
    } catch (ModelException e) {
      if (!SENTENCE.matcher(String.valueOf(e.getMessage())).matches()) {
        throw new AssertionError("expected one clear sentence with " + what, e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError("expected a model or a ModelException with " + what, e);
    }
    long allocated = allocatedBytes() - before;
    if (allocated > MAX_ALLOCATED_BYTES) {
      throw new AssertionError("expected little memory, found " + allocated + " with " + what);
    }
  }

  /** Opens it the way a file is opened, without the file. */
  private static GgufFile read(ByteBuffer model) {
    GgufFile gguf = GgufFile.read(new InMemory(model), LlamaSupport::check);
    LlamaSpecReader.read(gguf);
    return gguf;
  }

  private record InMemory(ByteBuffer bytes) implements ByteSource {
    @Override
    public Path path() {
      return Path.of("fuzzed.gguf");
    }

    @Override
    public long sizeBytes() {
      return bytes.remaining();
    }

    @Override
    public ByteBuffer map(long offsetBytes, long lengthBytes) {
      return bytes
          .slice(Math.toIntExact(offsetBytes), Math.toIntExact(lengthBytes))
          .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {}
  }

  /** Decodes what a tokenizer decodes. */
  private static void use(GgufFile gguf) {
    gguf.metadata().strings("tokenizer.ggml.tokens");
    gguf.metadata().integers("tokenizer.ggml.token_type");
    gguf.metadata().strings("tokenizer.ggml.merges");
    gguf.metadata().decimals("tokenizer.ggml.scores");
    gguf.metadata().string("tokenizer.chat_template");
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long allocatedBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }
}
