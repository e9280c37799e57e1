package io.edgeshard.runtime.tokenizer;

import java.util.Set;
import java.util.function.UnaryOperator;

/** Text to token ids and back, as the checkpoint's own tables say. Thread-safe. */
public interface Tokenizer extends AutoCloseable {
  /**
   * Encodes text that a program made: control and added tokens in it are parsed as such, except
   * where they are quoted.
   *
   * @param addBeginning whether to put the beginning-of-sequence token first, where the model wants
   *     one and the text does not start with it
   */
  int[] encode(String text, boolean addBeginning);

  /**
   * Encodes text that a person may have written: no control token comes of it. Added tokens that
   * control nothing are parsed, as the model was trained with them.
   */
  int[] encodeText(String text, boolean addBeginning);

  /**
   * Makes text that a person may have written fit to be a part of what {@link #encode} takes:
   * neither a control token nor one of {@code markers} comes of it.
   *
   * @param markers token ids that are to be text as well
   */
  UnaryOperator<String> quoting(Set<Integer> markers);

  /** The control and added tokens that {@link #encode} finds in a text. */
  Set<Integer> markersIn(String text);

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
