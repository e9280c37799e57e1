package io.edgeshard.runtime.checkpoint.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Metadata;
import io.edgeshard.runtime.fixture.gguf.GgufWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GgufMetadataTest {
  private static final int UINT8 = 0;
  private static final int INT8 = 1;
  private static final int UINT16 = 2;
  private static final int INT16 = 3;
  private static final int INT32 = 5;
  private static final int BOOL = 7;
  private static final int UINT64 = 10;
  private static final int INT64 = 11;
  private static final int FLOAT64 = 12;

  @Test
  void integer_everyWidthAndSign_isWidened() {
    Metadata metadata =
        read(
            new GgufWriter()
                .rawValue("u8", UINT8, bytes(0xFF))
                .rawValue("i8", INT8, bytes(0xFF))
                .rawValue("u16", UINT16, bytes(0xFE, 0xFF))
                .rawValue("i16", INT16, bytes(0xFE, 0xFF))
                .uint32("u32", 0xFFFFFFFFL)
                .rawValue("i32", INT32, bytes(0xFD, 0xFF, 0xFF, 0xFF))
                .rawValue("u64", UINT64, bytes(1, 0, 0, 0, 0, 0, 0, 0x7F))
                .rawValue("i64", INT64, bytes(0xFC, 255, 255, 255, 255, 255, 255, 255)));

    assertThat(metadata.integer("u8")).contains(255L);
    assertThat(metadata.integer("i8")).contains(-1L);
    assertThat(metadata.integer("u16")).contains(65534L);
    assertThat(metadata.integer("i16")).contains(-2L);
    assertThat(metadata.integer("u32")).contains(4294967295L);
    assertThat(metadata.integer("i32")).contains(-3L);
    assertThat(metadata.integer("u64")).contains(0x7F00000000000001L);
    assertThat(metadata.integer("i64")).contains(-4L);
  }

  @Test
  void integer_beyondLong_isRefused() {
    Metadata metadata =
        read(new GgufWriter().rawValue("big", UINT64, bytes(0, 0, 0, 0, 0, 0, 0, 0x80)));

    assertThatThrownBy(() -> metadata.integer("big"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found 9223372036854775808");
  }

  @Test
  void decimal_bothWidths_areRead() {
    byte[] half =
        ByteBuffer.wrap(new byte[8])
            .putLong(Long.reverseBytes(Double.doubleToLongBits(0.1)))
            .array();
    Metadata metadata =
        read(new GgufWriter().float32("single", 0.5f).rawValue("double", FLOAT64, half));

    assertThat(metadata.decimal("single")).contains(0.5);
    assertThat(metadata.decimal("double")).contains(0.1);
  }

  @Test
  void flag_neitherTrueNorFalse_isRefused() {
    Metadata metadata =
        read(new GgufWriter().bool("yes", true).bool("no", false).rawValue("odd", BOOL, bytes(2)));

    assertThat(metadata.flag("yes")).contains(true);
    assertThat(metadata.flag("no")).contains(false);
    assertThatThrownBy(() -> metadata.flag("odd"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected 0 or 1 as 'odd', found 2");
  }

  @Test
  void arrays_ofEachKind_areDecoded() {
    Metadata metadata =
        read(
            new GgufWriter()
                .strings("strings", List.of("", "é世", "a b"))
                .int32s("integers", List.of(-1, 0, Integer.MAX_VALUE))
                .rawArray("bytes", UINT8, 2, bytes(1, 200))
                .float32s("decimals", List.of(1.5f, -2f))
                .strings("none", List.of()));

    assertThat(metadata.strings("strings").orElseThrow()).containsExactly("", "é世", "a b");
    assertThat(metadata.integers("integers").orElseThrow())
        .containsExactly(-1, 0, Integer.MAX_VALUE);
    assertThat(metadata.integers("bytes").orElseThrow()).containsExactly(1, 200);
    assertThat(metadata.decimals("decimals").orElseThrow()).containsExactly(1.5f, -2f);
    assertThat(metadata.strings("none").orElseThrow()).isEmpty();
    assertThat(metadata.strings("missing")).isEmpty();
  }

  @Test
  void getters_otherType_sayWhatWasFound() {
    Metadata metadata =
        read(new GgufWriter().string("text", "x").strings("list", List.of("x")).uint32("one", 1));

    assertThatThrownBy(() -> metadata.integer("text"))
        .hasMessageContaining("expected an integer as 'text', found a value of type string");
    assertThatThrownBy(() -> metadata.string("list"))
        .hasMessageContaining("expected a string as 'list', found an array of 1 string");
    assertThatThrownBy(() -> metadata.strings("text"))
        .hasMessageContaining(
            "expected an array of strings as 'text', found a value of type string");
    assertThatThrownBy(() -> metadata.decimal("one"))
        .hasMessageContaining("expected a decimal number as 'one', found a value of type uint32");
    assertThatThrownBy(() -> metadata.integers("list"))
        .hasMessageContaining(
            "expected an array of integers as 'list', found an array of 1 string");
  }

  @Test
  void integers_elementBeyondInt_isRefused() {
    Metadata metadata =
        read(new GgufWriter().rawArray("wide", INT64, 1, bytes(0, 0, 0, 0, 1, 0, 0, 0)));

    assertThatThrownBy(() -> metadata.integers("wide"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected at most 2147483647 as 'wide', found 4294967296");
  }

  private static Metadata read(GgufWriter gguf) {
    byte[] bytes = gguf.bytes();
    ModelFault fault = new ModelFault(Path.of("test.gguf"));
    return GgufHeader.read(ByteBuffer.wrap(bytes), bytes.length, fault, metadata -> {}).metadata();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
