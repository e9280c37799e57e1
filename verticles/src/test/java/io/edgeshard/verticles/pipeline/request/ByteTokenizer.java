package io.edgeshard.verticles.pipeline.request;

import io.edgeshard.runtime.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A tokenizer whose tokens are the 128 ASCII characters; 0 ends an answer. */
public class ByteTokenizer implements Tokenizer {
  @Override
  public int[] encode(String text, boolean addBeginning) {
    return text.chars().map(c -> Math.min(c, 127)).toArray();
  }

  @Override
  public int[] encodeText(String text, boolean addBeginning) {
    return encode(text, addBeginning);
  }

  @Override
  public UnaryOperator<String> quoting(Set<Integer> markers) {
    return UnaryOperator.identity();
  }

  @Override
  public Set<Integer> markersIn(String text) {
    return Set.of();
  }

  @Override
  public byte[] bytes(int tokenId) {
    return Character.toString(tokenId).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isControl(int tokenId) {
    return tokenId == 0;
  }

  @Override
  public Set<Integer> endOfAnswerIds() {
    return Set.of(0);
  }

  @Override
  public int vocabularySize() {
    return 128;
  }

  @Override
  public void close() {}
}
