package io.edgeshard.runtime.tokenizer.model;

import com.fasterxml.jackson.core.JsonGenerator;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Metadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Byte-level pair encoding: text becomes UTF-8 bytes, and listed pairs are merged in order. */
final class ByteLevelModel implements TokenModel {
  static final String PRE = "tokenizer.ggml.pre";
  static final String MERGES = "tokenizer.ggml.merges";

  private final Vocabulary vocabulary;
  private final PreTokenizer preTokenizer;
  private final BpeTables tables;

  private ByteLevelModel(Vocabulary vocabulary, PreTokenizer preTokenizer, BpeTables tables) {
    this.vocabulary = vocabulary;
    this.preTokenizer = preTokenizer;
    this.tables = tables;
  }

  static ByteLevelModel from(Metadata metadata, Vocabulary vocabulary) {
    PreTokenizer preTokenizer = PreTokenizer.named(metadata.string(PRE).orElse("default"));
    List<String> merges =
        metadata
            .strings(MERGES)
            .orElseThrow(
                () ->
                    new ModelException(
                        "expected the pairs to merge under '" + MERGES + "', found none"));
    return new ByteLevelModel(
        vocabulary,
        preTokenizer,
        new BpeTables(vocabulary, merges.stream().map(merge -> pair(merge, vocabulary)).toList()));
  }

  private static BpeTables.Pair pair(String merge, Vocabulary vocabulary) {
    int space = merge.indexOf(' ', 1);
    if (space < 0) {
      throw new ModelException(
          "expected pairs parted by a space in '%s', found '%s'".formatted(MERGES, merge));
    }
    BpeTables.Pair pair = new BpeTables.Pair(merge.substring(0, space), merge.substring(space + 1));
    for (String part : List.of(pair.left(), pair.right(), pair.left() + pair.right())) {
      if (!vocabulary.contains(part)) {
        throw new ModelException(
            "expected '%s' to merge tokens of '%s', found the pair '%s', of which '%s' is no token"
                .formatted(MERGES, Vocabulary.TOKENS, merge, part));
      }
    }
    return pair;
  }

  @Override
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("pre_tokenizer");
    json.writeStringField("type", "Sequence");
    json.writeArrayFieldStart("pretokenizers");
    for (String expression : preTokenizer.expressions()) {
      writeSplit(json, expression);
    }
    json.writeStartObject();
    json.writeStringField("type", "ByteLevel");
    json.writeBooleanField("add_prefix_space", false);
    json.writeBooleanField("trim_offsets", false);
    json.writeBooleanField("use_regex", false);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();

    json.writeObjectFieldStart("model");
    json.writeStringField("type", "BPE");
    json.writeBooleanField("ignore_merges", preTokenizer.takesWholeWords());
    tables.writeTo(json);
    json.writeEndObject();
  }

  private static void writeSplit(JsonGenerator json, String expression) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "Split");
    json.writeObjectFieldStart("pattern");
    json.writeStringField("Regex", expression);
    json.writeEndObject();
    json.writeStringField("behavior", "Isolated");
    json.writeBooleanField("invert", false);
    json.writeEndObject();
  }

  @Override
  public byte[] bytes(int tokenId) {
    String text = vocabulary.text(tokenId);
    return vocabulary.kind(tokenId).isCutOut()
        ? text.getBytes(StandardCharsets.UTF_8)
        : ByteAlphabet.decode(text);
  }

  @Override
  public boolean addsBeginning() {
    return preTokenizer.addsBeginning();
  }

  @Override
  public boolean addsSpacePrefix() {
    return false;
  }
}
