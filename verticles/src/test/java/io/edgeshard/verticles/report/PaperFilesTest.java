package io.edgeshard.verticles.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class PaperFilesTest {
  private String page = "";
  private JsonNode data = new ObjectMapper().nullNode();

  @BeforeAll
  void write(@TempDir Path folder) throws IOException {
    PaperFiles.Written written = PaperFiles.write(folder.resolve("new"));
    page = Files.readString(written.page());
    data = new ObjectMapper().readTree(written.data().toFile());
  }

  @Test
  void goals_inThePapersModel_areMet() {
    assertThat(data.get("goals")).hasSize(5);
    assertThat(data.get("goals")).allMatch(goal -> goal.get("isMet").asBoolean());
  }

  @Test
  void tableFour_isThere_cellByCell() {
    JsonNode table = data.get("exhibits").get(0);
    Set<String> cells = new HashSet<>();
    for (JsonNode row : table.get("panels").get(0).get("rows")) {
      for (JsonNode cell : row.get("cells")) {
        cells.add(row.get("method").asText() + " " + cell.get("column").asText());
        assertThat(cell.get("published").get("plan").asText()).isNotBlank();
      }
    }
    assertThat(cells).hasSize(24).contains("EdgeShard Llama 2 70B, tokens/s");
    assertThat(page).contains("75.88", "3086", "140.3", "243.4", "52.45");
  }

  @Test
  void exhibits_areTableFourAndFiguresSevenToTen() {
    assertThat(data.get("exhibits"))
        .extracting(exhibit -> exhibit.get("id").asText())
        .containsExactly("table-4", "figure-7", "figure-8", "figure-9", "figure-10");
    for (JsonNode exhibit : data.get("exhibits")) {
      assertThat(page).contains("id=\"" + exhibit.get("id").asText() + "\"");
    }
    assertThat(page.split("<figure ", -1)).hasSize(1 + 3 + 3 + 2 + 2);
  }

  @Test
  void outOfMemory_inThePaper_isSoInTheModel() {
    JsonNode agreement = data.get("agreement");

    assertThat(agreement.get("cells").asInt()).isEqualTo(142);
    assertThat(agreement.get("outOfMemory").asInt()).isPositive();
    assertThat(agreement.get("outOfMemoryMatched").asInt())
        .isGreaterThanOrEqualTo(agreement.get("outOfMemory").asInt() - 2);
  }

  @Test
  void cellsThatAreNotReproduced_haveTheirReason() {
    for (JsonNode exhibit : data.get("exhibits")) {
      StreamSupport.stream(exhibit.get("panels").spliterator(), false)
          .flatMap(panel -> StreamSupport.stream(panel.get("rows").spliterator(), false))
          .flatMap(row -> StreamSupport.stream(row.get("cells").spliterator(), false))
          .filter(cell -> !cell.get("paper").isNull())
          .filter(
              cell -> Set.of("far", "other").contains(cell.get("published").get("grade").asText()))
          .forEach(cell -> assertThat(cell.get("note").isNull()).as("%s", cell).isFalse());
    }
  }

  @Test
  void page_isSelfContained() {
    assertThat(page).doesNotContain("http:", "https:", "src=", "@import", "url(", "<script");
    assertThat(page).doesNotContain("{{", "{%");
  }

  @Test
  void inconsistencies_calibrationsAndDevices_areNamed() {
    assertThat((ArrayNode) data.get("inconsistencies")).hasSizeGreaterThanOrEqualTo(5);
    assertThat(page)
        .contains("Figure 7(b) at 1 Mbit/s swaps", "fitted: Edge-Solo", "raspberry-pi-5");
  }
}
