package io.edgeshard.web.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeshard.web.error.ApiException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object from bytes and refuses what other readers pass over: bytes that are no UTF-8,
 * a key that comes twice, text after the end, nesting and numbers without measure.
 */
public final class StrictJson {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_LENGTH = 64;
  private static final int MAX_NAME_LENGTH = 256;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_LENGTH)
                          .maxNameLength(MAX_NAME_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /** The object that the bytes are. */
  public static JsonFields readObject(byte[] bytes) {
    JsonNode node = parse(decode(bytes));
    if (node instanceof ObjectNode object) {
      return new JsonFields(object, "");
    }
    throw malformed("expected a JSON object as the body, found " + JsonFields.describe(node));
  }

  private static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ApiException.invalid(
          null, "invalid_utf8", "expected the body in UTF-8, found bytes that are not");
    }
  }

  private static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw malformed(
          "expected a JSON object as the body, found " + fault(e) + place(e.getLocation()));
    }
  }

  /** In words of our own: Jackson's may quote the text, which is the client's business alone. */
  private static String fault(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "nesting of more than "
          + MAX_DEPTH
          + " levels, a number of more than "
          + MAX_NUMBER_LENGTH
          + " digits or a key of more than "
          + MAX_NAME_LENGTH
          + " characters";
    }
    return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field")
        ? "a key that comes twice"
        : "malformed JSON";
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static ApiException malformed(String message) {
    return ApiException.invalid(null, "malformed_json", message);
  }
}
