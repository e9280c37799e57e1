package io.edgeshard.runtime.tokenizer.model;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * The two tables of a pair encoding.
 *
 * @param vocabulary the tokens
 * @param merges which pairs become one token, the first to merge first
 */
record BpeTables(Vocabulary vocabulary, List<Pair> merges) {
  /** Two tokens that stand side by side. */
  record Pair(String left, String right) {}

  BpeTables {
    merges = List.copyOf(merges);
  }

  /** Writes the fields {@code vocab} and {@code merges}. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      json.writeNumberField(vocabulary.text(id), id);
    }
    json.writeEndObject();
    json.writeArrayFieldStart("merges");
    for (Pair merge : merges) {
      json.writeStartArray();
      json.writeString(merge.left());
      json.writeString(merge.right());
      json.writeEndArray();
    }
    json.writeEndArray();
  }
}
