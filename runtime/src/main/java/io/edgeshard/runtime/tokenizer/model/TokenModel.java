package io.edgeshard.runtime.tokenizer.model;

import com.fasterxml.jackson.core.JsonGenerator;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Metadata;
import java.io.IOException;

/** A way to make tokens of text: the parts of {@code tokenizer.json} in which models differ. */
public interface TokenModel {
  /** The key that names the kind of model. */
  String KIND = "tokenizer.ggml.model";

  /**
   * The model that a checkpoint's key-value pairs describe.
   *
   * @throws ModelException when its kind is unknown or its tables contradict each other
   */
  static TokenModel from(Metadata metadata, Vocabulary vocabulary) {
    String kind =
        metadata
            .string(KIND)
            .orElseThrow(
                () ->
                    new ModelException(
                        "expected the kind of tokenizer under '" + KIND + "', found none"));
    return switch (kind) {
      case "gpt2" -> ByteLevelModel.from(metadata, vocabulary);
      case "llama" -> SentencePieceModel.from(metadata, vocabulary);
      default ->
          throw new ModelException(
              "expected 'gpt2' (byte-level) or 'llama' (SentencePiece) as '%s', found '%s': take a model with one of these tokenizers"
                  .formatted(KIND, kind));
    };
  }

  /** Writes the fields {@code normalizer}, {@code pre_tokenizer} and {@code model}. */
  void writeTo(JsonGenerator json) throws IOException;

  /** The bytes that a token stands for. */
  byte[] bytes(int tokenId);

  /** Whether encoding begins unless the model says otherwise with the beginning-of-text token. */
  boolean addsBeginning();

  /** Whether encoding puts a space in front of text. */
  boolean addsSpacePrefix();
}
