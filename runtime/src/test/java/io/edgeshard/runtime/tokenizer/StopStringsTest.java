package io.edgeshard.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StopStringsTest {
  @Provide
  Arbitrary<String> pieces() {
    return Arbitraries.strings().withChars('a', 'b', 'c').ofMaxLength(4);
  }

  @Provide
  Arbitrary<String> stops() {
    return Arbitraries.strings().withChars('a', 'b', 'c').ofMinLength(1).ofMaxLength(5);
  }

  @Property(tries = 2000, seed = "3")
  void accept_anyPieces_givesTheTextBeforeTheFirstStop(
      @ForAll @Size(max = 12) List<@net.jqwik.api.From("pieces") String> pieces,
      @ForAll @Size(max = 4) List<@net.jqwik.api.From("stops") String> stops) {
    StopStrings gate = new StopStrings(stops);
    StringBuilder through = new StringBuilder();
    pieces.forEach(piece -> through.append(gate.accept(piece)));
    through.append(gate.flush());
    String whole = String.join("", pieces);
    int first =
        stops.stream().mapToInt(whole::indexOf).filter(index -> index >= 0).min().orElse(-1);
    assertThat(through).hasToString(first < 0 ? whole : whole.substring(0, first));
    assertThat(gate.isFound()).isEqualTo(first >= 0);
  }

  @Test
  void accept_textThatMayBeginAStop_waitsUntilDecided() {
    StopStrings gate = new StopStrings(List.of("\n\nUser:"));
    assertThat(gate.accept("Hi\n")).isEqualTo("Hi");
    assertThat(gate.accept("\nUs")).isEmpty();
    assertThat(gate.accept("ed")).isEqualTo("\n\nUsed");
    assertThat(gate.accept("\n\nUser: x")).isEmpty();
    assertThat(gate.isFound()).isTrue();
    assertThat(gate.accept("more")).isEmpty();
    assertThat(gate.flush()).isEmpty();
  }

  @Test
  void accept_shorterStopInsideLonger_letsTheFirstToBeginWin() {
    StopStrings gate = new StopStrings(List.of("abcd", "bc"));
    assertThat(gate.accept("xabc")).isEqualTo("x");
    assertThat(gate.isFound()).isFalse();
    assertThat(gate.accept("e")).isEqualTo("a");
    assertThat(gate.isFound()).isTrue();
  }

  @Test
  void constructor_emptyStop_isRefused() {
    assertThatThrownBy(() -> new StopStrings(List.of("a", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found an empty one");
  }
}
