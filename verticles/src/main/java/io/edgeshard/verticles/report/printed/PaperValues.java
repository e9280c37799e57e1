package io.edgeshard.verticles.report.printed;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * All that the paper prints of its results, and what is wrong within it.
 *
 * @param paper which paper, and where it was read
 * @param exhibits its tables and figures
 * @param inconsistencies what contradicts itself in it, one sentence or two each
 */
public record PaperValues(
    String paper, List<PrintedExhibit> exhibits, List<String> inconsistencies) {
  private static final String RESOURCE = "paper-values.json";

  /** Those that come with the program. */
  public static PaperValues load() {
    JsonMapper json = new JsonMapper();
    try (InputStream in = PaperValues.class.getResourceAsStream(RESOURCE)) {
      return json.readValue(Objects.requireNonNull(in, RESOURCE), PaperValues.class);
    } catch (IOException e) {
      throw new UncheckedIOException("expected to read " + RESOURCE + " of the program", e);
    }
  }
}
