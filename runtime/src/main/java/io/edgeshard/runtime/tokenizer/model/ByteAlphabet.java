package io.edgeshard.runtime.tokenizer.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The printable characters that byte-level vocabularies write their bytes with, as GPT-2 chose
 * them: printable Latin-1 stands for itself, the other bytes in order for U+0100 and following.
 */
final class ByteAlphabet {
  private static final int NOT_A_BYTE = -1;
  private static final int[] BYTE_OF_CHARACTER = new int[512];

  static {
    Arrays.fill(BYTE_OF_CHARACTER, NOT_A_BYTE);
    int next = 256;
    for (int value = 0; value < 256; value++) {
      BYTE_OF_CHARACTER[isPrintable(value) ? value : next++] = value;
    }
  }

  private ByteAlphabet() {}

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~')
        || (value >= 0xA1 && value <= 0xAC)
        || (value >= 0xAE && value <= 0xFF);
  }

  /** The bytes a token's text is written for; characters outside the alphabet are themselves. */
  static byte[] decode(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      int value = character < BYTE_OF_CHARACTER.length ? BYTE_OF_CHARACTER[character] : NOT_A_BYTE;
      if (value == NOT_A_BYTE) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }
}
