package io.edgeshard.runtime.tokenizer;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Metadata;
import io.edgeshard.runtime.tokenizer.model.Vocabulary;
import io.edgeshard.runtime.tokenizer.model.Vocabulary.Kind;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where texts begin and answers end.
 *
 * @param beginning the token that texts begin with; empty when the model wants none
 * @param endOfAnswer the tokens that end an answer
 */
record SpecialTokens(OptionalInt beginning, Set<Integer> endOfAnswer) {
  private static final String ADD_BEGINNING = "tokenizer.ggml.add_bos_token";
  private static final String BEGINNING = "tokenizer.ggml.bos_token_id";
  private static final List<String> ENDS =
      List.of(
          "tokenizer.ggml.eos_token_id",
          "tokenizer.ggml.eot_token_id",
          "tokenizer.ggml.eom_token_id");

  /**
   * Texts of tokens that end a turn. Many models name only the end of a text in their metadata and
   * end their turns with another token, which is known by its text alone.
   */
  private static final Set<String> END_TEXTS =
      Set.of(
          "</s>",
          "<EOT>",
          "<end_of_turn>",
          "<end_of_utterance>",
          "<|end_of_text|>",
          "<|endoftext|>",
          "<|end|>",
          "<|eom_id|>",
          "<|eot_id|>",
          "<|im_end|>");

  SpecialTokens {
    endOfAnswer = Set.copyOf(endOfAnswer);
  }

  static SpecialTokens from(Metadata metadata, Vocabulary vocabulary, boolean addsBeginning) {
    return new SpecialTokens(
        beginning(metadata, vocabulary, addsBeginning), endOfAnswer(metadata, vocabulary));
  }

  private static OptionalInt beginning(
      Metadata metadata, Vocabulary vocabulary, boolean addsBeginning) {
    OptionalInt id = id(metadata, BEGINNING, vocabulary);
    if (!metadata.flag(ADD_BEGINNING).orElse(addsBeginning)) {
      return OptionalInt.empty();
    }
    if (id.isEmpty()) {
      throw new ModelException(
          "expected '%s', since texts of this model begin with that token, found none"
              .formatted(BEGINNING));
    }
    return id;
  }

  private static Set<Integer> endOfAnswer(Metadata metadata, Vocabulary vocabulary) {
    Set<Integer> ends = new TreeSet<>();
    for (String key : ENDS) {
      id(metadata, key, vocabulary).ifPresent(ends::add);
    }
    for (String text : END_TEXTS) {
      vocabulary.id(text).ifPresent(id -> addUnlessText(ends, id, vocabulary));
    }
    return ends;
  }

  /** Adds a token known by its text, unless the model says that it is a piece of ordinary text. */
  private static void addUnlessText(Set<Integer> ends, int id, Vocabulary vocabulary) {
    if (!vocabulary.kindsGiven() || vocabulary.kind(id) != Kind.NORMAL) {
      ends.add(id);
    }
  }

  private static OptionalInt id(Metadata metadata, String key, Vocabulary vocabulary) {
    return metadata
        .integer(key)
        .map(
            id -> {
              if (id < 0 || id >= vocabulary.size()) {
                throw new ModelException(
                    "expected a token id of 0 to %d as '%s', found %d"
                        .formatted(vocabulary.size() - 1, key, id));
              }
              return OptionalInt.of(id.intValue());
            })
        .orElseGet(OptionalInt::empty);
  }
}
