package io.edgeshard.runtime.tokenizer.model;

import com.fasterxml.jackson.core.JsonGenerator;
import io.edgeshard.runtime.tokenizer.model.Vocabulary.Kind;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /**
   * Writes the fields {@code vocab} and {@code merges}. Control tokens are left out, unless they
   * are merged: a library that takes a whole word where there is one shall not make one of text.
   */
  void writeTo(JsonGenerator json) throws IOException {
    Set<String> merged = new HashSet<>();
    for (Pair merge : merges) {
      merged.addAll(List.of(merge.left(), merge.right(), merge.left() + merge.right()));
    }
    json.writeObjectFieldStart("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      if (vocabulary.kind(id) != Kind.CONTROL || merged.contains(vocabulary.text(id))) {
        json.writeNumberField(vocabulary.text(id), id);
      }
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
