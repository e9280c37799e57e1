package io.edgeshard.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IncrementalDecoderTest {
  private static final int CONTROL = 0;

  /** Tokens that stand for the pieces given; token 0 is a control token. */
  private record Pieces(List<byte[]> pieces, boolean addsSpacePrefix) implements Tokenizer {
    @Override
    public int[] encode(String text, boolean addBeginning) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int[] encodeText(String text, boolean addBeginning) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UnaryOperator<String> quoting(Set<Integer> markers) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Set<Integer> markersIn(String text) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] bytes(int tokenId) {
      return pieces.get(tokenId - 1);
    }

    @Override
    public boolean isControl(int tokenId) {
      return tokenId == CONTROL;
    }

    @Override
    public Set<Integer> endOfAnswerIds() {
      return Set.of();
    }

    @Override
    public int vocabularySize() {
      return pieces.size() + 1;
    }

    @Override
    public void close() {}
  }

  @Property(tries = 1000, seed = "4")
  void accept_anySplitOfText_givesTheText(
      @ForAll String text,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 5) Integer> sizes) {
    String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    byte[] bytes = wellFormed.getBytes(StandardCharsets.UTF_8);
    assertThat(decode(split(bytes, sizes))).isEqualTo(wellFormed);
  }

  @Property(tries = 1000, seed = "5")
  void accept_anySplitOfAnyBytes_givesWhatWholeDecodingGives(
      @ForAll @Size(max = 40) byte[] bytes,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 5) Integer> sizes) {
    assertThat(decode(split(bytes, sizes))).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  @Test
  void accept_partOfCharacter_waitsAndNoLonger() {
    IncrementalDecoder decoder =
        decoder(
            false,
            new int[0],
            new byte[] {(byte) 0xE2, (byte) 0x82},
            new byte[] {(byte) 0xAC},
            new byte[] {'x'});
    assertThat(decoder.accept(1)).isEmpty();
    assertThat(decoder.accept(2)).isEqualTo("\u20AC");
    assertThat(decoder.accept(1)).isEmpty();
    assertThat(decoder.accept(3)).isEqualTo("\uFFFDx");
    assertThat(decoder.accept(1)).isEmpty();
    assertThat(decoder.flush()).isEqualTo("\uFFFD");
    assertThat(decoder.flush()).isEmpty();
  }

  @Test
  void accept_spaceThatTheTokenizerPut_isLeftOut() {
    byte[] hello = " Hello".getBytes(StandardCharsets.UTF_8);
    assertThat(decoder(true, new int[0], hello).accept(1)).isEqualTo("Hello");
    assertThat(decoder(true, new int[] {1, CONTROL}, hello).accept(1)).isEqualTo("Hello");
    assertThat(decoder(true, new int[] {1}, hello).accept(1)).isEqualTo(" Hello");
    assertThat(decoder(false, new int[0], hello).accept(1)).isEqualTo(" Hello");
    IncrementalDecoder twice = decoder(true, new int[0], hello);
    assertThat(twice.accept(1) + twice.accept(1)).isEqualTo("Hello Hello");
  }

  @Test
  void accept_controlToken_isNotShown() {
    IncrementalDecoder decoder = decoder(false, new int[0], new byte[] {'a'});
    assertThat(decoder.accept(1) + decoder.accept(CONTROL) + decoder.accept(1)).isEqualTo("aa");
  }

  private static IncrementalDecoder decoder(boolean prefix, int[] prompt, byte[]... pieces) {
    return new IncrementalDecoder(new Pieces(List.of(pieces), prefix), prompt);
  }

  private static String decode(List<byte[]> pieces) {
    IncrementalDecoder decoder = new IncrementalDecoder(new Pieces(pieces, false), new int[0]);
    StringBuilder text = new StringBuilder();
    for (int id = 1; id <= pieces.size(); id++) {
      text.append(decoder.accept(id));
    }
    return text.append(decoder.flush()).toString();
  }

  private static List<byte[]> split(byte[] bytes, List<Integer> sizes) {
    List<byte[]> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 0; start < bytes.length; i++) {
      int end = Math.min(bytes.length, start + sizes.get(i % sizes.size()));
      pieces.add(java.util.Arrays.copyOfRange(bytes, start, end));
      start = end;
    }
    return pieces;
  }
}
