package io.edgeshard.verticles.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1234,1234",
    "512m,536870912",
    "2g,2147483648",
    "2G,2147483648",
    "2 GB,2147483648",
    "1.5GiB,1610612736",
    "64kib,65536",
    "1t,1099511627776",
    "0.5k,512"
  })
  void parse_asPeopleWrite_isBytes(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "m", "-1", "1x", "1.2.3g", "1e9", "99999999999999999999", "99999999t", "1 2"})
  void parse_anythingElse_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessageContaining("found '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "1023,1023 B",
    "1024,1 KiB",
    "98362432,94 MiB",
    "1610612736,1.5 GiB",
    "21474836480,20 GiB"
  })
  void format_forPeople_isShort(long bytes, String text) {
    assertThat(ByteSize.format(bytes)).isEqualTo(text);
  }

  @Property
  void parse_ofFormat_isNear(@ForAll @LongRange(min = 1, max = 1L << 50) long bytes) {
    long back = ByteSize.parse(ByteSize.format(bytes));

    assertThat((double) back).isBetween(bytes * 0.5, bytes * 1.5);
  }
}
