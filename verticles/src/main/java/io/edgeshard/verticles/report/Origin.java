package io.edgeshard.verticles.report;

import io.edgeshard.verticles.report.ComparedCell.Figure;
import org.jspecify.annotations.Nullable;

/** Whose value of a cell is drawn. */
enum Origin {
  PAPER("paper", "paper"),
  PUBLISHED("published", "published algorithm, run again"),
  OURS("ours", "our planner");

  private final String label;
  private final String title;

  Origin(String label, String title) {
    this.label = label;
    this.title = title;
  }

  /** Its name in styles. */
  String label() {
    return label;
  }

  /** Its name for people. */
  String title() {
    return title;
  }

  /** Its value; one that memory forbids is drawn as what it would be. Null for none. */
  @Nullable Double value(ComparedCell cell) {
    return switch (this) {
      case PAPER -> cell.paper();
      case PUBLISHED -> shown(cell.published());
      case OURS -> shown(cell.ours());
    };
  }

  private static @Nullable Double shown(@Nullable Figure figure) {
    if (figure == null) {
      return null;
    }
    return figure.value() == null ? figure.withoutLimits() : figure.value();
  }
}
