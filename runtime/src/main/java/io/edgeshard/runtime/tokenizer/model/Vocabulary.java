package io.edgeshard.runtime.tokenizer.model;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Metadata;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The tokens of a model, each with its text and its kind; the place in the list is the id. */
public final class Vocabulary {
  static final String TOKENS = "tokenizer.ggml.tokens";
  static final String KINDS = "tokenizer.ggml.token_type";

  /** What a token is for, in the order of the numbers that GGUF gives them. */
  public enum Kind {
    UNDEFINED,
    NORMAL,
    UNKNOWN,
    CONTROL,
    USER_DEFINED,
    UNUSED,
    BYTE;

    /** Whether a text that contains the token's text is cut there before anything else is done. */
    public boolean isCutOut() {
      return this == CONTROL || this == USER_DEFINED || this == UNKNOWN;
    }
  }

  private final List<String> texts;
  private final Kind[] kinds;
  private final boolean kindsGiven;
  private final Map<String, Integer> ids;

  private Vocabulary(List<String> texts, Kind[] kinds, boolean kindsGiven) {
    this.texts = texts;
    this.kinds = kinds;
    this.kindsGiven = kindsGiven;
    this.ids = new HashMap<>(texts.size() * 2);
    for (int id = 0; id < texts.size(); id++) {
      Integer first = ids.putIfAbsent(texts.get(id), id);
      if (first != null) {
        throw new ModelException(
            "expected each token of '%s' once, found '%s' as token %d and as token %d"
                .formatted(TOKENS, texts.get(id), first, id));
      }
    }
  }

  /**
   * Reads the tokens that a checkpoint's key-value pairs name.
   *
   * @throws ModelException when there are none, or their tables contradict each other
   */
  public static Vocabulary from(Metadata metadata) {
    List<String> texts =
        metadata
            .strings(TOKENS)
            .filter(list -> !list.isEmpty())
            .orElseThrow(
                () ->
                    new ModelException(
                        "expected the model's tokens under '" + TOKENS + "', found none"));
    return new Vocabulary(
        named(texts),
        metadata
            .integers(KINDS)
            .map(numbers -> kinds(numbers, texts.size()))
            .orElseGet(() -> allNormal(texts.size())),
        metadata.integers(KINDS).isPresent());
  }

  /** Gives tokens without text a name of their own, as llama.cpp does: they would look alike. */
  private static List<String> named(List<String> texts) {
    String[] named = texts.toArray(String[]::new);
    for (int id = 0; id < named.length; id++) {
      if (named[id].isEmpty()) {
        named[id] = "[EMPTY_" + id + "]";
      }
    }
    return List.of(named);
  }

  private static Kind[] kinds(int[] numbers, int count) {
    requireOneForEach(KINDS, numbers.length, count);
    Kind[] kinds = new Kind[count];
    for (int id = 0; id < count; id++) {
      if (numbers[id] < 0 || numbers[id] >= Kind.values().length) {
        throw new ModelException(
            "expected kinds of 0 to %d in '%s', found %d for token %d"
                .formatted(Kind.values().length - 1, KINDS, numbers[id], id));
      }
      kinds[id] = Kind.values()[numbers[id]];
    }
    return kinds;
  }

  private static Kind[] allNormal(int count) {
    Kind[] kinds = new Kind[count];
    Arrays.fill(kinds, Kind.NORMAL);
    return kinds;
  }

  /** Refuses a table that has not one entry for each token. */
  static void requireOneForEach(String key, int found, int tokens) {
    if (found != tokens) {
      throw new ModelException(
          "expected %d entries in '%s', one for each token, found %d"
              .formatted(tokens, key, found));
    }
  }

  /** How many tokens there are. */
  public int size() {
    return texts.size();
  }

  /** The token's text as the model writes it. */
  public String text(int id) {
    return texts.get(id);
  }

  /** What the token is for. */
  public Kind kind(int id) {
    return kinds[id];
  }

  /** Whether the model says of each token what it is for. */
  public boolean kindsGiven() {
    return kindsGiven;
  }

  boolean contains(String text) {
    return ids.containsKey(text);
  }

  /** The token of that text, if there is one. */
  public OptionalInt id(String text) {
    Integer id = ids.get(text);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }
}
