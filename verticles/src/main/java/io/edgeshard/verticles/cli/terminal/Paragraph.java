package io.edgeshard.verticles.cli.terminal;

import java.util.ArrayList;
import java.util.List;

/** A sentence on as many lines as it takes. */
public final class Paragraph {
  private static final int WIDTH = 100;

  private Paragraph() {}

  /** The text after a label; further lines begin where the text began. */
  public static List<String> of(String label, String text) {
    List<String> lines = new ArrayList<>();
    String indent = " ".repeat(label.length());
    StringBuilder line = new StringBuilder(label);
    for (String word : text.strip().split("\\s+", -1)) {
      boolean isFirst = line.length() == label.length();
      if (!isFirst && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
        isFirst = true;
      }
      line.append(isFirst ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
