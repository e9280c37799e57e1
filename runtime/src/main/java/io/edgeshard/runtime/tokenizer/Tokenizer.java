package io.edgeshard.runtime.tokenizer;

import java.util.Set;

/** Text to token ids and back, as the checkpoint's own tables say. Thread-safe. */
public interface Tokenizer extends AutoCloseable {
  /**
   * Encodes text; special tokens in it are parsed as such.
   *
   * @param addBeginning whether to put the beginning-of-sequence token first, where the model wants
   *     one and the text does not start with it
   */
  int[] encode(String text, boolean addBeginning);

  /** The token's raw bytes: of a special token, its text; may be a part of a UTF-8 character. */
  byte[] bytes(int tokenId);

  /** Whether the token is a control token, which answers do not show. */
  boolean isControl(int tokenId);

  /** Tokens that end an answer. */
  Set<Integer> endOfAnswerIds();

  /**
   * Whether encoding puts a space in front of a text and of what follows a control token, which
   * decoding then has to leave out.
   */
  default boolean addsSpacePrefix() {
    return false;
  }

  /** How many tokens there are. */
  int vocabularySize();

  @Override
  void close();
}
