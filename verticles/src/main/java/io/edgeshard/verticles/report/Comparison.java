package io.edgeshard.verticles.report;

import io.edgeshard.planner.catalogue.Calibration;
import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.paper.Experiments;
import io.edgeshard.planner.paper.Goal;
import io.edgeshard.planner.paper.PaperMethod;
import io.edgeshard.planner.paper.PaperMetric;
import io.edgeshard.planner.paper.PaperQuestion;
import io.edgeshard.planner.paper.Recomputed;
import io.edgeshard.planner.paper.Testbed;
import io.edgeshard.verticles.report.ComparedCell.Figure;
import io.edgeshard.verticles.report.ComparedExhibit.Panel;
import io.edgeshard.verticles.report.ComparedExhibit.Row;
import io.edgeshard.verticles.report.PaperReport.Agreement;
import io.edgeshard.verticles.report.PaperReport.GoalRow;
import io.edgeshard.verticles.report.PaperReport.SlowerDevices;
import io.edgeshard.verticles.report.printed.Dimension;
import io.edgeshard.verticles.report.printed.PaperValues;
import io.edgeshard.verticles.report.printed.PrintedCell;
import io.edgeshard.verticles.report.printed.PrintedExhibit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sets what the paper prints beside what the planners find. */
final class Comparison {
  /** How many times as slow as their memory allows the paper's devices run 70B. */
  static final double SLOWDOWN_70B = 2.1;

  private final PaperValues values;
  private final Experiments experiments;

  Comparison(PaperValues values, Experiments experiments) {
    this.values = values;
    this.experiments = experiments;
  }

  PaperReport report() {
    List<ComparedExhibit> exhibits = values.exhibits().stream().map(this::compared).toList();
    return new PaperReport(
        values.paper(),
        Goal.all().stream().map(this::goal).toList(),
        exhibits,
        agreement(exhibits.stream().flatMap(exhibit -> exhibit.allCells().stream()).toList()),
        slower(),
        values.inconsistencies(),
        Calibration.all(),
        Devices.all());
  }

  private ComparedExhibit compared(PrintedExhibit exhibit) {
    Map<String, List<PrintedCell>> panels =
        exhibit.cells().stream()
            .collect(
                Collectors.groupingBy(
                    cell -> label(exhibit.panels(), cell),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Panel> compared = new ArrayList<>();
    panels.forEach((title, cells) -> compared.add(panel(title, exhibit.columns(), cells)));
    return new ComparedExhibit(
        exhibit.id(), exhibit.title(), exhibit.origin(), exhibit.plot(), compared);
  }

  private Panel panel(String title, List<Dimension> columns, List<PrintedCell> cells) {
    Map<PaperMethod, List<ComparedCell>> rows =
        cells.stream()
            .collect(
                Collectors.groupingBy(
                    PrintedCell::method,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        cell -> compared(experiments, cell, label(columns, cell)),
                        Collectors.toList())));
    List<Row> compared = new ArrayList<>();
    List<PaperMethod> colours = List.of(PaperMethod.values());
    rows.forEach(
        (method, row) ->
            compared.add(
                new Row(method.title(), colours.indexOf(method), method.isPlanned(), row)));
    return new Panel(
        title, cells.stream().map(cell -> label(columns, cell)).distinct().toList(), compared);
  }

  private static String label(List<Dimension> dimensions, PrintedCell cell) {
    return dimensions.stream()
        .map(dimension -> dimension.label(cell.question()))
        .collect(Collectors.joining(", "));
  }

  private static ComparedCell compared(Experiments experiments, PrintedCell cell, String column) {
    PaperQuestion question = cell.question();
    Recomputed published = experiments.published(question);
    Figure figure = Figure.of(published, cell.value());
    boolean couldBeComputed =
        figure.value() == null && cell.value() != null && !question.method().isPlanned();
    Figure shown =
        couldBeComputed
            ? figure.withoutLimits(experiments.publishedWithoutMemoryLimits(question), cell.value())
            : figure;
    @Nullable Figure ours =
        experiments.ours(question).map(found -> Figure.of(found, cell.value())).orElse(null);
    return new ComparedCell(question, column, cell.value(), shown, ours, cell.note());
  }

  private GoalRow goal(Goal goal) {
    PaperQuestion question = goal.question();
    Figure published = Figure.of(experiments.published(question), null);
    Recomputed recomputed = goal.found(experiments);
    Figure found = Figure.of(recomputed, null);
    boolean isTime = question.metric().isTime();
    return new GoalRow(
        goal.name(),
        Dimension.METRIC.label(question),
        "%s %.0f".formatted(isTime ? "≤" : "≥", goal.target()),
        printed(question),
        published.value(),
        found.value(),
        found.plan(),
        goal.isMetBy(recomputed));
  }

  private @Nullable Double printed(PaperQuestion question) {
    return values.exhibits().get(0).cells().stream()
        .filter(cell -> cell.question().equals(question))
        .map(PrintedCell::value)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private SlowerDevices slower() {
    Experiments slow = experiments.slower(SLOWDOWN_70B);
    List<ComparedCell> cells =
        values.exhibits().stream()
            .flatMap(exhibit -> exhibit.cells().stream())
            .filter(cell -> cell.model().equals(Testbed.LLAMA_70B))
            .filter(cell -> cell.metric() == PaperMetric.LATENCY)
            .filter(cell -> cell.method() == PaperMethod.EDGESHARD)
            .skip(1)
            .map(cell -> compared(slow, cell, Dimension.CLOUD_MEGABITS.label(cell.question())))
            .toList();
    return new SlowerDevices(SLOWDOWN_70B, cells);
  }

  private static Agreement agreement(List<ComparedCell> cells) {
    List<ComparedCell> missing = cells.stream().filter(cell -> cell.paper() == null).toList();
    List<ComparedCell> present = cells.stream().filter(cell -> cell.paper() != null).toList();
    double[] errors =
        present.stream()
            .map(cell -> cell.published().errorPercent())
            .filter(Objects::nonNull)
            .mapToDouble(Math::abs)
            .sorted()
            .toArray();
    return new Agreement(
        cells.size(),
        missing.size(),
        (int) missing.stream().filter(cell -> cell.published().value() == null).count(),
        (int) present.stream().filter(cell -> cell.published().isGraded("exact")).count(),
        (int) present.stream().filter(cell -> cell.published().isGraded("near")).count(),
        errors.length == 0 ? 0 : errors[errors.length / 2]);
  }
}
