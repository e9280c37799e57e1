package io.edgeshard.verticles.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.planner.paper.Experiments;
import io.edgeshard.verticles.report.printed.PaperValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The paper's report as files in a folder: a page for people, JSON for programs. */
public final class PaperFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private PaperFiles() {}

  /**
   * What was written.
   *
   * @param page the HTML file
   * @param data the JSON file
   * @param headlines one line for each goal, with what was found
   */
  public record Written(Path page, Path data, List<String> headlines) {}

  /** Computes everything and writes {@code report.html} and {@code report.json}. */
  public static Written write(Path folder) throws IOException {
    PaperReport report = new Comparison(PaperValues.load(), Experiments.ofThisProgram()).report();
    Files.createDirectories(folder);
    Path page = folder.resolve("report.html");
    Path data = folder.resolve("report.json");
    Files.writeString(page, ReportPage.html(report, JSON));
    JSON.writeValue(data.toFile(), report);
    return new Written(page, data, report.goals().stream().map(PaperFiles::headline).toList());
  }

  private static String headline(PaperReport.GoalRow goal) {
    return "%-20s %10s paper  %10s published  %10s ours  %6s %s"
        .formatted(
            goal.name(),
            text(goal.paper()),
            text(goal.published()),
            text(goal.found()),
            goal.target(),
            goal.isMet() ? "met" : "MISSED");
  }

  private static String text(@Nullable Double value) {
    return value == null ? "none" : "%.2f".formatted(value);
  }
}
