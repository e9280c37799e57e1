package io.edgeshard.web.openai.response;

import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tokens as text, though a token may be only a part of a character. */
final class TokenWords {
  /** JSON has no infinity; OpenAI sends this for what cannot be. */
  private static final double IMPOSSIBLE = -9999.0;

  private TokenWords() {}

  /** A token's text, or its bytes as OpenAI spells them when it is not whole characters. */
  static String word(TokenLogProbability token) {
    byte[] bytes = bytes(token);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      StringBuilder spelled = new StringBuilder("bytes:");
      for (byte b : bytes) {
        spelled.append(String.format("\\x%02x", b));
      }
      return spelled.toString();
    }
  }

  /** A token's bytes, each from 0 to 255. */
  static List<Integer> unsigned(TokenLogProbability token) {
    return token.bytes().stream().map(Byte::toUnsignedInt).toList();
  }

  /** How many characters begin in a token. */
  static int characterCount(TokenLogProbability token) {
    return (int) token.bytes().stream().filter(b -> (b & 0xC0) != 0x80).count();
  }

  /** A log-probability that JSON can hold, with the digits that a float has. */
  static double logProbability(TokenLogProbability token) {
    float value = token.logProbability();
    return Float.isFinite(value) ? Double.parseDouble(Float.toString(value)) : IMPOSSIBLE;
  }

  private static byte[] bytes(TokenLogProbability token) {
    byte[] bytes = new byte[token.bytes().size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = token.bytes().get(i);
    }
    return bytes;
  }
}
