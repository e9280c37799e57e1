package io.edgeshard.runtime.tokenizer.model;

import io.edgeshard.runtime.ModelException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a byte-level vocabulary wants text to be cut before pairs are merged, as {@code
 * tokenizer.ggml.pre} names it. Names, expressions and flags are those of llama.cpp's {@code
 * llama-vocab.cpp}.
 *
 * @param names what models call it
 * @param expressions applied one after the other: each cuts the pieces that the one before left;
 *     matches become pieces, and so does what lies between
 * @param takesWholeWords whether a piece that is itself a token stays whole, whatever the merges
 * @param addsBeginning whether texts begin with a token for that unless the model says otherwise
 */
record PreTokenizer(
    List<String> names, List<String> expressions, boolean takesWholeWords, boolean addsBeginning) {
  private static final String GPT2 =
      "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)";

  private static final List<PreTokenizer> KNOWN =
      List.of(
          new PreTokenizer(
              List.of("default"),
              List.of("[\\p{P}\\$\\+<=>\\^~\\|]+", GPT2, "\\p{N}+", "[0-9][0-9][0-9]"),
              false,
              false),
          new PreTokenizer(List.of("gpt-2"), List.of(GPT2), false, false),
          new PreTokenizer(List.of("smollm"), List.of("\\p{N}", GPT2), false, false),
          new PreTokenizer(
              List.of("llama-bpe", "llama3", "llama-v3"),
              List.of(fromTiktoken("\\p{N}{1,3}")),
              true,
              true),
          new PreTokenizer(
              List.of("qwen2", "deepseek-r1-qwen"), List.of(fromTiktoken("\\p{N}")), false, false));

  PreTokenizer {
    names = List.copyOf(names);
    expressions = List.copyOf(expressions);
  }

  /** The one of that name. */
  static PreTokenizer named(String name) {
    return KNOWN.stream()
        .filter(one -> one.names.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "expected a pre-tokenizer among %s as '%s', found '%s': take a model of one of these families"
                        .formatted(knownNames(), ByteLevelModel.PRE, name)));
  }

  private static String knownNames() {
    return KNOWN.stream().flatMap(one -> one.names.stream()).collect(Collectors.joining(", "));
  }

  /** The expression that Llama 3 and Qwen 2 share but for how many digits they take at a time. */
  private static String fromTiktoken(String digits) {
    return "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])"
        + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|"
        + digits
        + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
  }
}
