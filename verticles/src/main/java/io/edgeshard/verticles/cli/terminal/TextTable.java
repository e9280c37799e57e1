package io.edgeshard.verticles.cli.terminal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows whose columns stand below each other. */
public final class TextTable {
  private static final String INDENT = "  ";
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final Set<Integer> toTheRight = new HashSet<>();

  /** A table of which these columns, counted from 0, stand to the right, as figures do. */
  public TextTable right(int... columns) {
    for (int column : columns) {
      toTheRight.add(column);
    }
    return this;
  }

  /** A further row. */
  public TextTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** The table, indented. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(INDENT);
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        String padding = " ".repeat(width(column) - cell.length());
        boolean isRight = toTheRight.contains(column);
        line.append(isRight ? padding + cell : cell + padding).append(GAP);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
