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
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The tokenizer of a GGUF model: its tables, written as the Hugging Face library's {@code
 * tokenizer.json} and run by that library on what stands between control and added tokens. Text is
 * taken as it is, without Unicode normalisation, as llama.cpp takes it.
 */
public final class GgufTokenizer implements Tokenizer {
  private final Vocabulary vocabulary;
  private final TokenModel model;
  private final SpecialTokens special;
  private final CutOutTokens cutOut;
  private final UnaryOperator<String> asText;
  private final NativeTokenizer tokenizer;

  private GgufTokenizer(
      Vocabulary vocabulary, TokenModel model, SpecialTokens special, NativeTokenizer tokenizer) {
    this.vocabulary = vocabulary;
    this.model = model;
    this.special = special;
    this.cutOut = new CutOutTokens(vocabulary, this::isControl);
    this.asText = cutOut.quoting(Set.of());
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
        vocabulary, model, special, NativeTokenizer.load(tokenizerJson(model)));
  }

  private static byte[] tokenizerJson(TokenModel model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("version", "1.0");
      model.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  @Override
  public int[] encode(String text, boolean addBeginning) {
    int[] ids = encode(text);
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

  private int[] encode(String text) {
    IntStream.Builder ids = IntStream.builder();
    cutOut.cut(
        text,
        new CutOutTokens.Listener() {
          @Override
          public void text(String between) {
            Arrays.stream(tokenizer.encode(between)).forEach(ids);
          }

          @Override
          public void token(int id) {
            ids.add(id);
          }
        });
    return ids.build().toArray();
  }

  @Override
  public int[] encodeText(String text, boolean addBeginning) {
    return encode(asText.apply(text), addBeginning);
  }

  @Override
  public UnaryOperator<String> quoting(Set<Integer> markers) {
    return cutOut.quoting(markers);
  }

  @Override
  public Set<Integer> markersIn(String text) {
    return cutOut.in(text);
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
