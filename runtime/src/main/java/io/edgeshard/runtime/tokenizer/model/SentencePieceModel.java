package io.edgeshard.runtime.tokenizer.model;

import com.fasterxml.jackson.core.JsonGenerator;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Metadata;
import io.edgeshard.runtime.tokenizer.model.Vocabulary.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * SentencePiece's pair encoding: text is merged by the scores of the tokens that come out, spaces
 * are written as U+2581, and characters without a token fall back to their bytes.
 *
 * <p>The library merges by a list of pairs, SentencePiece by scores: any two neighbours that
 * together are a token, the best token first and the leftmost of equals. So every way to cut a
 * token into two tokens becomes a pair with the score of the whole; of the cuts of one token, the
 * longer left part comes first, since runs of one character are merged from the left.
 */
final class SentencePieceModel implements TokenModel {
  static final String SCORES = "tokenizer.ggml.scores";
  private static final String ADD_SPACE_PREFIX = "tokenizer.ggml.add_space_prefix";
  private static final String SPACE = "\u2581";
  private static final Pattern BYTE_TOKEN = Pattern.compile("<0x([0-9A-Fa-f]{2})>");

  private final Vocabulary vocabulary;
  private final BpeTables tables;
  private final boolean spacePrefix;
  private final boolean byteFallback;

  private SentencePieceModel(Vocabulary vocabulary, float[] scores, boolean spacePrefix) {
    this.vocabulary = vocabulary;
    this.tables = new BpeTables(vocabulary, merges(vocabulary, scores));
    this.spacePrefix = spacePrefix;
    this.byteFallback = hasAllBytes(vocabulary);
  }

  static SentencePieceModel from(Metadata metadata, Vocabulary vocabulary) {
    float[] scores =
        metadata
            .decimals(SCORES)
            .orElseThrow(
                () ->
                    new ModelException(
                        "expected the tokens' scores under '" + SCORES + "', found none"));
    Vocabulary.requireOneForEach(SCORES, scores.length, vocabulary.size());
    for (int id = 0; id < scores.length; id++) {
      if (!Float.isFinite(scores[id])) {
        throw new ModelException(
            "expected finite numbers in '%s', found %s for token %d"
                .formatted(SCORES, scores[id], id));
      }
    }
    return new SentencePieceModel(vocabulary, scores, metadata.flag(ADD_SPACE_PREFIX).orElse(true));
  }

  private static List<BpeTables.Pair> merges(Vocabulary vocabulary, float[] scores) {
    record Scored(BpeTables.Pair pair, float score) {}
    List<Scored> merges = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (!isMade(vocabulary, id)) {
        continue;
      }
      String text = vocabulary.text(id);
      for (int cut = text.offsetByCodePoints(0, 1);
          cut < text.length();
          cut = text.offsetByCodePoints(cut, 1)) {
        String left = text.substring(0, cut);
        String right = text.substring(cut);
        if (isMade(vocabulary, left) && isMade(vocabulary, right)) {
          merges.add(new Scored(new BpeTables.Pair(left, right), scores[id]));
        }
      }
    }
    merges.sort(
        Comparator.<Scored>comparingDouble(merge -> -merge.score())
            .thenComparingInt(merge -> -merge.pair().left().length()));
    return merges.stream().map(Scored::pair).toList();
  }

  private static boolean isMade(Vocabulary vocabulary, String text) {
    OptionalInt id = vocabulary.id(text);
    return id.isPresent() && isMade(vocabulary, id.getAsInt());
  }

  /** Whether merging can make the token: the others are cut out before or stand for a byte. */
  private static boolean isMade(Vocabulary vocabulary, int id) {
    Kind kind = vocabulary.kind(id);
    return !kind.isCutOut() && kind != Kind.BYTE;
  }

  private static boolean hasAllBytes(Vocabulary vocabulary) {
    for (int value = 0; value < 256; value++) {
      if (!vocabulary.contains("<0x%02X>".formatted(value))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("normalizer");
    json.writeStringField("type", "Sequence");
    json.writeArrayFieldStart("normalizers");
    if (spacePrefix) {
      json.writeStartObject();
      json.writeStringField("type", "Prepend");
      json.writeStringField("prepend", SPACE);
      json.writeEndObject();
    }
    json.writeStartObject();
    json.writeStringField("type", "Replace");
    json.writeObjectFieldStart("pattern");
    json.writeStringField("String", " ");
    json.writeEndObject();
    json.writeStringField("content", SPACE);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();

    json.writeObjectFieldStart("model");
    json.writeStringField("type", "BPE");
    json.writeBooleanField("byte_fallback", byteFallback);
    json.writeBooleanField("fuse_unk", true);
    OptionalInt unknown = unknown();
    if (unknown.isPresent()) {
      json.writeStringField("unk_token", vocabulary.text(unknown.getAsInt()));
    }
    tables.writeTo(json);
    json.writeEndObject();
  }

  private OptionalInt unknown() {
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.kind(id) == Kind.UNKNOWN) {
        return OptionalInt.of(id);
      }
    }
    return OptionalInt.empty();
  }

  @Override
  public byte[] bytes(int tokenId) {
    String text = vocabulary.text(tokenId);
    Kind kind = vocabulary.kind(tokenId);
    if (kind == Kind.BYTE) {
      var matcher = BYTE_TOKEN.matcher(text);
      if (matcher.matches()) {
        return new byte[] {(byte) Integer.parseInt(matcher.group(1), 16)};
      }
    }
    String shown = kind.isCutOut() ? text : text.replace(SPACE, " ");
    return shown.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean addsBeginning() {
    return true;
  }

  @Override
  public boolean addsSpacePrefix() {
    return spacePrefix;
  }
}
