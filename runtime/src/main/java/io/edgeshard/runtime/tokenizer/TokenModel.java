package io.edgeshard.runtime.tokenizer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A way to make tokens of text: the parts of {@code tokenizer.json} in which models differ. */
interface TokenModel {
  /** Writes the fields {@code normalizer}, {@code pre_tokenizer} and {@code model}. */
  void writeTo(JsonGenerator json) throws IOException;

  /** The bytes that a token stands for. */
  byte[] bytes(int tokenId);

  /** Whether encoding begins unless the model says otherwise with the beginning-of-text token. */
  boolean addsBeginning();

  /** Whether encoding puts a space in front of text. */
  boolean addsSpacePrefix();
}
