package io.edgeshard.verticles.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.RenderResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The page: a template of the program, filled in. Everything it needs is within it. */
final class ReportPage {
  private static final String TEMPLATE = "paper.html";
  private static final String STYLE = "paper.css";

  private ReportPage() {}

  /** The report as HTML. */
  static String html(PaperReport report, ObjectMapper json) {
    Map<String, Object> context = json.convertValue(report, new TypeReference<>() {});
    context.put(
        "plots",
        json.convertValue(
            report.exhibits().stream().collect(Collectors.toMap(ComparedExhibit::id, Plots::of)),
            new TypeReference<Map<String, Object>>() {}));
    context.put("style", resource(STYLE));
    Jinjava engine =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withFailOnUnknownTokens(true)
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .build());
    RenderResult result = engine.renderForResult(resource(TEMPLATE), context);
    if (result.hasErrors()) {
      throw new IllegalStateException(
          "expected %s to render, found %s".formatted(TEMPLATE, result.getErrors()));
    }
    return result.getOutput();
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("expected to read " + name + " of the program", e);
    }
  }
}
