package io.edgeshard.runtime.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.fixture.gguf.GgufWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about each kind of file that is no model to run. */
final class DamagedGgufTest {
  private static final String EMBEDDING = "token_embd.weight";
  private static final String QUERY = "blk.0.attn_q.weight";
  private static final String DAMAGED = ": %s is damaged, get it again";

  static Stream<Arguments> damagedFiles() {
    return Stream.of(
        arguments(small().without("llama.block_count"), "the key 'llama.block_count', found none"),
        arguments(
            small().without("general.architecture"), "the key 'general.architecture', found none"),
        arguments(
            small().string("llama.block_count", "one"),
            "an integer as 'llama.block_count', found a value of type string"),
        arguments(
            small().uint32("llama.block_count", 0), "1 to 4096 as 'llama.block_count', found 0"),
        arguments(
            small().uint32("llama.block_count", 0xFFFFFFFFL),
            "1 to 4096 as 'llama.block_count', found 4294967295"),
        arguments(
            small().uint32("llama.block_count", 2),
            "a tensor named 'blk.1.attn_norm.weight', found none of that name"),
        arguments(
            small().uint32("llama.attention.head_count_kv", 2),
            "a head count that the key and value heads divide, found 1 heads and 2 key and value"
                + " heads"),
        arguments(
            small().uint32("llama.attention.head_count", 3),
            "a hidden size that 3 heads divide, found 32"),
        arguments(
            small().float32("llama.attention.layer_norm_rms_epsilon", Float.NaN),
            "a number above 0 as 'llama.attention.layer_norm_rms_epsilon', found NaN"),
        arguments(
            small().float32("llama.rope.freq_base", -1),
            "a number above 0 as 'llama.rope.freq_base', found -1.0"),
        arguments(
            small().uint32("llama.rope.dimension_count", 34),
            "an even number of at most 32 as 'llama.rope.dimension_count', found 34"),
        arguments(
            small().uint32("general.alignment", 48),
            "a power of two from 8 to 1048576 as 'general.alignment', found 48"),
        arguments(
            small().uint32("general.alignment", 0),
            "a power of two from 8 to 1048576 as 'general.alignment', found 0"),
        arguments(
            small().with("again", gguf -> gguf.string("general.name", "again")),
            "each key once, found 'general.name' twice"),
        arguments(
            small().with("odd", gguf -> gguf.rawValue("odd", 13, new byte[8])),
            "a value type of 0 to 12 for 'odd', found type 13"),
        arguments(
            small().with("long", gguf -> gguf.rawArray("long", 0, 1L << 62, new byte[8])),
            "an element count of 'long' of at most 4194304, found 4611686018427387904 at byte 415"),
        arguments(
            small().with("long", gguf -> gguf.rawArray("long", 0, -1, new byte[8])),
            "an element count of 'long' of at most 4194304, found 18446744073709551615 at byte"
                + " 415"),
        arguments(
            small().with("long", gguf -> gguf.rawArray("long", 12, 4_000_000, new byte[8])),
            "32000000 more bytes for the value of 'long' at byte 423, found the end of the file"
                + " after 7200 bytes"),
        arguments(
            small().with("text", gguf -> gguf.rawValue("text", 8, longs(1L << 40))),
            "a length of a string of 'text' of at most 16777216, found 1099511627776 at byte 411"),
        arguments(
            small()
                .with(
                    "general.architecture",
                    gguf -> gguf.rawValue("general.architecture", 8, badUtf8())),
            "UTF-8 as 'general.architecture', found bytes that are not"),
        arguments(
            small().with("tokens", gguf -> gguf.strings("tokenizer.ggml.tokens", List.of("a"))),
            "as many tokens in 'tokenizer.ggml.tokens' as 'token_embd.weight' has rows, found 1"
                + " tokens and 4 rows"),
        arguments(
            small().without(EMBEDDING),
            "a tensor named 'token_embd.weight', found none of that name"),
        arguments(
            small().without(QUERY),
            "a tensor named 'blk.0.attn_q.weight', found none of that name"),
        arguments(
            small().tensor(QUERY, TensorType.F32, 32, 64),
            "a shape of [32, 32] of 'blk.0.attn_q.weight', found [32, 64]"),
        arguments(
            small().tensor("output.weight", TensorType.F32, 5, 32),
            "a shape of [4, 32] of 'output.weight', found [5, 32]"),
        arguments(
            small().with("again", gguf -> gguf.tensor(QUERY, TensorType.F32, 1, 1, new float[1])),
            "each tensor once, found 'blk.0.attn_q.weight' twice"),
        arguments(
            small().with(QUERY, raw(2, 0, 33L, 32L)),
            "rows of 'blk.0.attn_q.weight' in whole blocks of 32 elements, found 33 elements"),
        arguments(
            small().with(QUERY, raw(0, 0, 0L, 32L)),
            "a dimension of 'blk.0.attn_q.weight' above 0, found 0"),
        arguments(
            small().with(QUERY, raw(0, 0, -1L, 32L)),
            "a dimension of 'blk.0.attn_q.weight' of at most 2147483647, found"
                + " 18446744073709551615 at byte 640"),
        arguments(
            small().with(QUERY, raw(0, 0, 1L << 30, 1L << 30)),
            "at most 281474976710656 elements of 'blk.0.attn_q.weight', found [1073741824,"
                + " 1073741824]"),
        arguments(
            small().with(QUERY, raw(0, 1 << 20, 1L << 24, 1L << 24)),
            "1125899906842624 bytes of 'blk.0.attn_q.weight' at offset 1048576, found"),
        arguments(
            small().with(QUERY, raw(0, 0)), "1 to 4 dimensions of 'blk.0.attn_q.weight', found 0"),
        arguments(
            small().with(QUERY, raw(0, 0, 1L, 1L, 1L, 1L, 1L)),
            "1 to 4 dimensions of 'blk.0.attn_q.weight', found 5"),
        arguments(
            small().with(QUERY, raw(0, 7, 32L, 32L)),
            "an offset of 'blk.0.attn_q.weight' that 32 divides, found 7"),
        arguments(
            small().with(QUERY, raw(0, Long.MIN_VALUE, 32L, 32L)),
            "an offset of 'blk.0.attn_q.weight' of at most 4611686018427387903, found"
                + " 9223372036854775808"),
        arguments(
            small().with(QUERY, raw(0, 1L << 61, 32L, 32L)),
            "4096 bytes of 'blk.0.attn_q.weight' at offset 2305843009213693952, found"),
        arguments(
            small().with(QUERY, raw(0, 32, 32L, 32L)),
            "the data of 'blk.0.attn_q.weight' at offset 136 or later, found offset 32, inside"
                + " another tensor"),
        arguments(
            small().tensor("rope_freqs.weight", TensorType.F32, 1, 8),
            "16 elements of type F32 as 'rope_freqs.weight', found 8 of type F32"),
        arguments(
            small().tensor("rope_freqs.weight", TensorType.F32, 1, 16),
            "factors above 0 as 'rope_freqs.weight', found 0.0"));
  }

  @ParameterizedTest
  @MethodSource("damagedFiles")
  void open_damagedFile_saysWhatIsWrong(SmallGguf gguf, String expected, @TempDir Path folder) {
    Path file = gguf.write(folder);

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("expected " + expected)
        .hasMessageEndingWith(DAMAGED, file);
  }

  static Stream<Arguments> foreignFiles() {
    return Stream.of(
        arguments(
            small().string("general.architecture", "qwen3moe"),
            "a model of architecture 'llama', found 'qwen3moe' in %s: take a SmolLM2, Llama 2,"
                + " Llama 3 or Mistral model"),
        arguments(
            small().with("version", gguf -> gguf.version(1)),
            "GGUF version 2 or 3, found version 1 in %s: convert the model again"),
        arguments(
            small().with("version", gguf -> gguf.version(4)),
            "GGUF version 2 or 3, found version 4 in %s: convert the model again"),
        arguments(
            small().with("version", gguf -> gguf.version(0x03000000)),
            "a little-endian GGUF model, found a big-endian one in %s: take the model for"
                + " little-endian"),
        arguments(
            small().uint32("llama.expert_count", 8),
            "a model without experts, found 8 of them in %s: take a dense Llama model"),
        arguments(
            small().uint32("split.count", 3),
            "a model in one file, found one of 3 parts in %s: join them with 'llama-gguf-split"
                + " --merge'"),
        arguments(
            small().string("llama.rope.scaling.type", "yarn"),
            "RoPE scaling of type none or linear, found 'yarn' in %s: take a model without"
                + " it"),
        arguments(
            small().uint32("llama.attention.value_length", 16),
            "keys and values of one length, found keys of 32 and values of 16 in %s: take another"
                + " model"),
        arguments(
            small().with("nested", gguf -> gguf.rawArray("nested", 9, 1, new byte[64])),
            "no array within an array, found one as 'nested' in %s: convert the model again without"
                + " that key"),
        arguments(
            small().with(QUERY, raw(12, 0, 256L, 32L)),
            "tensors of type F32, F16, Q4_0, Q4_1, Q8_0, BF16, found Q4_K as 'blk.0.attn_q.weight'"
                + " in %s: take the model in one of these types, or convert it"),
        arguments(
            small().with(QUERY, raw(999, 0, 256L, 32L)),
            "tensors of type F32, F16, Q4_0, Q4_1, Q8_0, BF16, found unknown type 999 as"
                + " 'blk.0.attn_q.weight' in %s: take the model in one of these types, or convert"
                + " it"),
        arguments(
            small().with(QUERY, raw(0, 0, 32L, 32L, 8L)),
            "a vector or a matrix as 'blk.0.attn_q.weight', found 3 dimensions in %s: models with"
                + " experts or convolutions cannot be run, take another one"),
        arguments(
            small().tensor("output_norm.weight", TensorType.F16, 1, 32),
            "norms of type F32, found F16 as 'output_norm.weight' in %s: convert the model again"),
        arguments(
            small().tensor("blk.0.attn_q.bias", TensorType.F32, 1, 32),
            "only the tensors of a plain Llama model, found 'blk.0.attn_q.bias' as well in %s: its"
                + " answers would be wrong without it, take another model"));
  }

  @ParameterizedTest
  @MethodSource("foreignFiles")
  void open_foreignModel_saysWhatCanBeRun(SmallGguf gguf, String expected, @TempDir Path folder) {
    Path file = gguf.write(folder);

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessage("expected " + expected, file);
  }

  @Test
  void open_missingFile_saysSo(@TempDir Path folder) {
    Path file = folder.resolve("none.gguf");

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "expected a model file at %s, found nothing: put the model there or name another path",
            file);
  }

  @Test
  void open_folder_saysSo(@TempDir Path folder) {
    assertThatThrownBy(() -> Checkpoint.open(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found something that is no file");
  }

  @Test
  void open_emptyFile_saysSo(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("empty.gguf"));

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "expected 4 more bytes for the mark 'GGUF' at byte 0, found the end of the file after 0"
                + " bytes"
                + DAMAGED,
            file);
  }

  @Test
  void open_otherFormat_showsItsFirstBytes(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("model.gguf"), "PK\u0003\u0004 and so on");

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "expected a GGUF model, which begins with the bytes 'GGUF', found the bytes 504b0304 in"
                + " %s: name a GGUF file",
            file);
  }

  @Test
  void open_countsThatLie_areRefusedAtOnce(@TempDir Path folder) throws IOException {
    for (int countAt : new int[] {8, 16}) {
      for (long lie : new long[] {-1, Long.MAX_VALUE, Integer.MAX_VALUE, 1 << 20}) {
        byte[] bytes = small().writer().bytes();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(countAt, lie);
        Path file = Files.write(folder.resolve("lie.gguf"), bytes);

        assertThatThrownBy(() -> Checkpoint.open(file))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("count of at most")
            .hasMessageContaining("found " + Long.toUnsignedString(lie));
      }
    }
  }

  @Test
  void open_nameThatPlaysWithTheTerminal_isShownHarmless(@TempDir Path folder) {
    Path file = small().tensor("\u001b[2J\n" + "x".repeat(200), TensorType.F32, 1, 1).write(folder);

    assertThatThrownBy(() -> Checkpoint.open(file))
        .isInstanceOf(ModelException.class)
        .satisfies(
            failure ->
                assertThat(failure.getMessage())
                    .contains("found '?[2J?xxx")
                    .doesNotContain("\u001b", "\n")
                    .hasSizeLessThan(500));
  }

  @Test
  void tensor_unknownName_saysSo(@TempDir Path folder) {
    Path file = small().write(folder);
    try (Checkpoint checkpoint = Checkpoint.open(file)) {
      assertThat(checkpoint.find("none")).isEmpty();
      assertThatThrownBy(() -> checkpoint.tensor("none"))
          .isInstanceOf(ModelException.class)
          .hasMessage("expected a tensor named 'none', found none of that name" + DAMAGED, file);
    }
  }

  @Test
  void tensor_afterClose_isRefused(@TempDir Path folder) {
    Checkpoint checkpoint = Checkpoint.open(small().write(folder));
    checkpoint.close();
    checkpoint.close();

    assertThatThrownBy(() -> checkpoint.tensor(EMBEDDING))
        .isInstanceOf(IllegalStateException.class);
  }

  private static SmallGguf small() {
    return new SmallGguf();
  }

  /** A query projection that says it has that type, offset and shape. */
  private static Consumer<GgufWriter> raw(int typeCode, long offset, Long... dimensions) {
    return gguf -> gguf.rawTensor(QUERY, typeCode, List.of(dimensions), offset, new byte[0]);
  }

  private static byte[] longs(long value) {
    return ByteBuffer.wrap(new byte[8]).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static byte[] badUtf8() {
    byte[] text = "........x".getBytes(UTF_8);
    ByteBuffer.wrap(text).order(ByteOrder.LITTLE_ENDIAN).putLong(1).put((byte) 0xFF);
    return text;
  }
}
