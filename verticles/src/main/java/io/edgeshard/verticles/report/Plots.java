package io.edgeshard.verticles.report;

import io.edgeshard.verticles.report.ComparedExhibit.Panel;
import io.edgeshard.verticles.report.ComparedExhibit.Row;
import io.edgeshard.verticles.report.Plot.Area;
import io.edgeshard.verticles.report.Plot.Bar;
import io.edgeshard.verticles.report.Plot.Dot;
import io.edgeshard.verticles.report.Plot.Line;
import io.edgeshard.verticles.report.Plot.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Draws panels: where lines, bars and ticks lie. What they look like is the page's. */
final class Plots {
  private static final double LINE_WIDTH = 336;
  private static final double BAR_WIDTH = 860;
  private static final double HEIGHT = 300;
  private static final double LEFT = 58;
  private static final double TOP = 14;
  private static final double RIGHT = 14;
  private static final double BOTTOM = 52;
  private static final double BAR_PART = 0.26;

  private Plots() {}

  /** The plots of an exhibit, one for each panel; none where it is a table only. */
  static List<Plot> of(ComparedExhibit exhibit) {
    return switch (exhibit.plot()) {
      case NONE -> List.of();
      case LINES -> exhibit.panels().stream().map(Plots::lines).toList();
      case BARS -> exhibit.panels().stream().map(Plots::bars).toList();
    };
  }

  private static Plot lines(Panel panel) {
    Area area = area(LINE_WIDTH);
    double most =
        panel.rows().get(0).cells().stream()
            .mapToDouble(cell -> cell.question().cloudMegabits())
            .max()
            .orElseThrow();
    Axis x = Axis.reaching(most, area.left(), area.right());
    Axis y = Axis.reaching(largest(panel), area.bottom(), area.top());
    List<Line> lines = new ArrayList<>();
    for (Row row : panel.rows()) {
      for (Origin origin : Origin.values()) {
        List<Dot> dots = dots(row, origin, x, y);
        if (!dots.isEmpty()) {
          lines.add(new Line(row.colour(), origin.label(), path(dots), dots));
        }
      }
    }
    return new Plot(
        panel.title(),
        unit(panel),
        LINE_WIDTH,
        HEIGHT,
        area,
        x.ticks(),
        y.ticks(),
        lines,
        List.of());
  }

  private static List<Dot> dots(Row row, Origin origin, Axis x, Axis y) {
    List<Dot> dots = new ArrayList<>();
    for (ComparedCell cell : row.cells()) {
      Double value = origin.value(cell);
      if (value != null) {
        String title = title(row, cell, origin, text(value));
        dots.add(new Dot(x.at(cell.question().cloudMegabits()), y.at(value), title));
      }
    }
    return dots;
  }

  private static String path(List<Dot> dots) {
    return dots.stream()
        .map(dot -> String.format(Locale.ROOT, "%.1f,%.1f", dot.x(), dot.y()))
        .collect(Collectors.joining(", "));
  }

  private static Plot bars(Panel panel) {
    Area area = area(BAR_WIDTH);
    Axis y = Axis.reaching(largest(panel), area.bottom(), area.top());
    int groups = panel.rows().stream().mapToInt(row -> row.cells().size()).sum();
    double groupWidth = (area.right() - area.left()) / groups;
    List<Tick> ticks = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    for (Row row : panel.rows()) {
      for (ComparedCell cell : row.cells()) {
        double left = area.left() + ticks.size() * groupWidth;
        String second =
            cell.column().replaceAll("source Jetson | \\d+ GB", "").replace("tokens/s, ", "");
        ticks.add(new Tick(left + groupWidth / 2, row.method(), second));
        bars.addAll(group(row, cell, left, groupWidth, y));
      }
    }
    return new Plot(
        panel.title(), unit(panel), BAR_WIDTH, HEIGHT, area, ticks, y.ticks(), List.of(), bars);
  }

  private static List<Bar> group(
      Row row, ComparedCell cell, double left, double groupWidth, Axis y) {
    List<Bar> bars = new ArrayList<>();
    double width = groupWidth * BAR_PART;
    double margin = (groupWidth - Origin.values().length * width) / 2;
    for (Origin origin : Origin.values()) {
      Double value = origin.value(cell);
      double top = y.at(value == null ? 0 : value);
      String label = value == null ? "OOM" : text(value);
      boolean isShown = origin != Origin.OURS || cell.ours() != null;
      if (isShown) {
        double x = left + margin + bars.size() * width;
        String title = title(row, cell, origin, label);
        bars.add(new Bar(origin.label(), x, top, width, y.from() - top, label, title));
      }
    }
    return bars;
  }

  private static String title(Row row, ComparedCell cell, Origin origin, String value) {
    return "%s, %s, %s: %s".formatted(row.method(), cell.column(), origin.title(), value);
  }

  private static Area area(double width) {
    return new Area(LEFT, TOP, width - RIGHT, HEIGHT - BOTTOM);
  }

  private static double largest(Panel panel) {
    return panel.rows().stream()
        .flatMap(row -> row.cells().stream())
        .flatMapToDouble(Plots::values)
        .max()
        .orElseThrow();
  }

  private static DoubleStream values(ComparedCell cell) {
    return List.of(Origin.values()).stream()
        .map(origin -> origin.value(cell))
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue);
  }

  private static String unit(Panel panel) {
    ComparedCell any = panel.rows().get(0).cells().get(0);
    return any.question().metric().isTime() ? "ms per token" : "tokens per second";
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.1f", value);
  }
}
