package io.edgeshard.runtime.tokenizer;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.edgeshard.runtime.checkpoint.Metadata;
import io.edgeshard.runtime.tokenizer.model.TokenModel;
import io.edgeshard.runtime.tokenizer.model.Vocabulary;
import io.edgeshard.runtime.tokenizer.model.Vocabulary.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * The tokenizer of a GGUF model: its tables, written as the Hugging Face library's {@code
 * tokenizer.json} and run by that library. Text is taken as it is, without Unicode normalisation,
 * as llama.cpp takes it.
 */
public final class GgufTokenizer implements Tokenizer {
  private final Vocabulary vocabulary;
  private final TokenModel model;
  private final SpecialTokens special;
  private final NativeTokenizer tokenizer;

  private GgufTokenizer(
      Vocabulary vocabulary, TokenModel model, SpecialTokens special, NativeTokenizer tokenizer) {
    this.vocabulary = vocabulary;
    this.model = model;
    this.special = special;
    this.tokenizer = tokenizer;
  }

  /**
   * Builds the tokenizer that a checkpoint's key-value pairs describe.
   *
   * @throws io.edgeshard.runtime.ModelException when its kind is unknown or its tables contradict
   *     each other
   */
  public static Tokenizer from(Metadata metadata) {
    Vocabulary vocabulary = Vocabulary.from(metadata);
    TokenModel model = TokenModel.from(metadata, vocabulary);
    SpecialTokens special = SpecialTokens.from(metadata, vocabulary, model.addsBeginning());
    return new GgufTokenizer(
        vocabulary, model, special, NativeTokenizer.load(tokenizerJson(vocabulary, model)));
  }

  private static byte[] tokenizerJson(Vocabulary vocabulary, TokenModel model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("version", "1.0");
      json.writeArrayFieldStart("added_tokens");
      for (int id = 0; id < vocabulary.size(); id++) {
        if (vocabulary.kind(id).isCutOut()) {
          writeAddedToken(json, id, vocabulary.text(id));
        }
      }
      json.writeEndArray();
      model.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeAddedToken(JsonGenerator json, int id, String text) throws IOException {
    json.writeStartObject();
    json.writeNumberField("id", id);
    json.writeStringField("content", text);
    json.writeBooleanField("single_word", false);
    json.writeBooleanField("lstrip", false);
    json.writeBooleanField("rstrip", false);
    json.writeBooleanField("normalized", false);
    json.writeBooleanField("special", true);
    json.writeEndObject();
  }

  @Override
  public int[] encode(String text, boolean addBeginning) {
    int[] ids = tokenizer.encode(text);
    if (!addBeginning || special.beginning().isEmpty()) {
      return ids;
    }
    int beginning = special.beginning().getAsInt();
    if (ids.length > 0 && ids[0] == beginning) {
      return ids;
    }
    int[] withBeginning = new int[ids.length + 1];
    withBeginning[0] = beginning;
    System.arraycopy(ids, 0, withBeginning, 1, ids.length);
    return withBeginning;
  }

  @Override
  public byte[] bytes(int tokenId) {
    return model.bytes(checked(tokenId));
  }

  @Override
  public boolean isControl(int tokenId) {
    Kind kind = vocabulary.kind(checked(tokenId));
    return kind == Kind.CONTROL || kind == Kind.UNKNOWN || special.endOfAnswer().contains(tokenId);
  }

  private int checked(int tokenId) {
    if (tokenId < 0 || tokenId >= vocabulary.size()) {
      throw new IllegalArgumentException(
          "expected a token id of 0 to %d, found %d".formatted(vocabulary.size() - 1, tokenId));
    }
    return tokenId;
  }

  @Override
  public Set<Integer> endOfAnswerIds() {
    return special.endOfAnswer();
  }

  @Override
  public boolean addsSpacePrefix() {
    return model.addsSpacePrefix();
  }

  @Override
  public int vocabularySize() {
    return vocabulary.size();
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
