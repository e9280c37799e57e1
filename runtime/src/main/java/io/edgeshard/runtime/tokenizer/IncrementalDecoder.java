package io.edgeshard.runtime.tokenizer;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of an answer, as its tokens arrive. A token may end inside a UTF-8 character: the bytes
 * of a character are held back until it is whole, and become U+FFFD as soon as it is certain that
 * it never will be. Control tokens give no text. Not thread-safe.
 */
public final class IncrementalDecoder {
  private final Tokenizer tokenizer;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] unfinished = {};
  private boolean leavesOutSpace;

  /**
   * A decoder for what follows a prompt.
   *
   * @param promptTokenIds decides what becomes of a space that the answer begins with: where a text
   *     begins, the tokenizer itself puts it there, and it is left out; within a text it is text
   */
  public IncrementalDecoder(Tokenizer tokenizer, int[] promptTokenIds) {
    this.tokenizer = tokenizer;
    this.leavesOutSpace =
        tokenizer.addsSpacePrefix()
            && (promptTokenIds.length == 0
                || tokenizer.isControl(promptTokenIds[promptTokenIds.length - 1]));
  }

  /** Adds a token and returns the text that is complete with it, which is often empty. */
  public String accept(int tokenId) {
    if (tokenizer.isControl(tokenId)) {
      leavesOutSpace = tokenizer.addsSpacePrefix();
      return "";
    }
    byte[] bytes = tokenizer.bytes(tokenId);
    int start = leavesOutSpace && bytes.length > 0 && bytes[0] == ' ' ? 1 : 0;
    leavesOutSpace = leavesOutSpace && bytes.length == 0;
    ByteBuffer input = ByteBuffer.allocate(unfinished.length + bytes.length - start);
    input.put(unfinished).put(bytes, start, bytes.length - start).flip();
    return decode(input, false);
  }

  /** Ends the text and returns what is left of it: U+FFFD for a character that never got whole. */
  public String flush() {
    String rest = decode(ByteBuffer.wrap(unfinished), true);
    utf8.reset();
    return rest;
  }

  private String decode(ByteBuffer input, boolean isEnd) {
    CharBuffer text = CharBuffer.allocate(input.remaining());
    utf8.reset();
    utf8.decode(input, text, isEnd);
    unfinished = new byte[input.remaining()];
    input.get(unfinished);
    return text.flip().toString();
  }
}
