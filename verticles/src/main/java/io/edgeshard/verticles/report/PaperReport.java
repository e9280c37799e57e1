package io.edgeshard.verticles.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgeshard.planner.catalogue.Calibration;
import io.edgeshard.planner.catalogue.CatalogueDevice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The paper, recomputed: what the page shows and the JSON file holds.
 *
 * @param paper which paper
 * @param goals what is to be reached in the same model
 * @param exhibits tables and figures, cell by cell
 * @param agreement how well the published method is reproduced
 * @param slower the paper's 70B under its calibration
 * @param inconsistencies what contradicts itself in the paper
 * @param calibrations numbers that no data sheet gives
 * @param devices the catalogue
 */
record PaperReport(
    String paper,
    List<GoalRow> goals,
    List<ComparedExhibit> exhibits,
    Agreement agreement,
    SlowerDevices slower,
    List<String> inconsistencies,
    List<Calibration> calibrations,
    List<CatalogueDevice> devices) {
  /**
   * A goal and what was found.
   *
   * @param name what is to be reached
   * @param unit ms/token or tokens/s
   * @param target with its direction
   * @param paper what the paper measured
   * @param published what the published algorithm gives in the model; null for out of memory
   * @param found what ours gives; null when it finds no plan
   * @param plan of ours
   * @param isMet whether the target is reached
   */
  record GoalRow(
      String name,
      String unit,
      String target,
      @Nullable Double paper,
      @Nullable Double published,
      @Nullable Double found,
      String plan,
      boolean isMet) {}

  /**
   * How the paper's values compare with the published method in the model, all exhibits together.
   *
   * @param cells how many
   * @param outOfMemory how many of them are out of memory in the paper
   * @param outOfMemoryMatched how many of those are so in the model
   * @param exact within 5 %
   * @param near within 16 %, and not exact
   * @param medianErrorPercent of those that have a value in both
   */
  record Agreement(
      int cells,
      int outOfMemory,
      int outOfMemoryMatched,
      int exact,
      int near,
      double medianErrorPercent) {}

  /**
   * The 70B latencies on devices that compute as slowly as the paper's figures say.
   *
   * @param factor how many times as slow
   * @param cells for each rate of the link to the cloud
   */
  record SlowerDevices(double factor, List<ComparedCell> cells) {}

  /** Cells that are out of memory in the paper or in the model: for each plan the first of them. */
  @JsonProperty
  List<ComparedCell> outOfMemory() {
    Map<String, ComparedCell> cells = new LinkedHashMap<>();
    exhibits.stream()
        .flatMap(exhibit -> exhibit.allCells().stream())
        .filter(cell -> cell.question().metric().isTime())
        .filter(cell -> cell.paper() == null || cell.published().value() == null)
        .forEach(
            cell ->
                cells.putIfAbsent(
                    cell.question().model() + cell.question().method() + cell.question().source(),
                    cell));
    return List.copyOf(cells.values());
  }
}
