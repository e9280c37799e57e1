package io.edgeshard.verticles.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgeshard.verticles.report.printed.Dimension;
import io.edgeshard.verticles.report.printed.PrintedExhibit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table or figure of the paper beside what its cells come to.
 *
 * @param id in kebab case
 * @param title what it shows
 * @param origin how the paper's values were read
 * @param plot how it is drawn
 * @param panels its parts
 */
record ComparedExhibit(
    String id, String title, String origin, PrintedExhibit.PlotKind plot, List<Panel> panels) {
  /**
   * A part of an exhibit, a table of its own.
   *
   * @param title what sets it apart; empty when it is the only one
   * @param columns labels of its columns
   * @param rows one for each method
   */
  record Panel(String title, List<String> columns, List<Row> rows) {}

  /**
   * A method's cells, one for each column.
   *
   * @param method the paper's name for it
   * @param colour number of its colour, the same in every plot
   * @param isPlanned whether an algorithm decides in it
   * @param cells in the order of the columns
   */
  record Row(String method, int colour, boolean isPlanned, List<ComparedCell> cells) {}

  /** Why its cells cannot be reproduced, each reason once, with the cells it is about. */
  @JsonProperty
  List<String> notes() {
    Map<String, Set<String>> cells = new LinkedHashMap<>();
    for (Panel panel : panels) {
      for (Row row : panel.rows()) {
        row.cells().stream()
            .filter(cell -> cell.note() != null && !cell.published().isGraded("exact"))
            .forEach(
                cell ->
                    cells
                        .computeIfAbsent(String.valueOf(cell.note()), note -> new LinkedHashSet<>())
                        .add(row.method() + " of " + Dimension.MODEL.label(cell.question())));
      }
    }
    return cells.entrySet().stream()
        .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
        .toList();
  }

  /** All cells of all parts. */
  List<ComparedCell> allCells() {
    return panels.stream()
        .flatMap(panel -> panel.rows().stream())
        .flatMap(row -> row.cells().stream())
        .toList();
  }
}
