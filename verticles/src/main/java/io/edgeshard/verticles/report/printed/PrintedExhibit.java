package io.edgeshard.verticles.report.printed;

import java.util.List;

/**
 * A table or figure as the paper prints it.
 *
 * @param id in kebab case
 * @param title what it shows
 * @param origin how its values were read
 * @param panels what its parts differ in
 * @param columns what the columns of a part differ in
 * @param plot how it is drawn
 * @param cells all cells
 */
public record PrintedExhibit(
    String id,
    String title,
    String origin,
    List<Dimension> panels,
    List<Dimension> columns,
    PlotKind plot,
    List<PrintedCell> cells) {
  /** How an exhibit is drawn besides its table. */
  public enum PlotKind {
    NONE,
    LINES,
    BARS
  }
}
