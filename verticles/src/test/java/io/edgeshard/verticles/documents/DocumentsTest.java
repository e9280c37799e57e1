package io.edgeshard.verticles.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.Http;
import io.edgeshard.web.RunningServer;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.plan.PlanViews;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** README and the other pages for users: their commands parse, their requests are answered. */
class DocumentsTest {
  private static final Document README = Document.read("README.md");
  private static final Path ENVIRONMENT = Path.of("scripts", "package", "edgeshard.env");
  private static final String SERVER = "http://127.0.0.1:8080";
  private static final int MOST_LINES = 250;
  private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]*");
  private static final Pattern VARIABLE = Pattern.compile("EDGESHARD_[A-Z_]+");

  /** Which test runs what a command of the README does; here they are only read. */
  private static final Map<String, String> RUN_BY =
      Map.ofEntries(
          Map.entry("scripts/run.sh", "local.cluster.LocalClusterIT"),
          Map.entry("scripts/package.sh", "documents.PackageIT"),
          Map.entry("scripts/paper.sh", "report.PaperFilesTest"),
          Map.entry("start", "cluster.NodeLossIT"),
          Map.entry("join", "cluster.NodeLossIT"),
          Map.entry("status", "cli.plan.PlanCommandTest"),
          Map.entry("plan", "cli.plan.PlanCommandTest"),
          Map.entry("profile", "cli.plan.PlanCommandTest"),
          Map.entry("logs", "cli.CommandLineTest"),
          Map.entry("leave", "cli.CommandLineTest"),
          Map.entry("help", "documents.PackageIT"));

  @TempDir Path folder;

  static Stream<Document> documents() {
    return Stream.of(
        README,
        Document.read("scripts/package/INSTALL.md"),
        Document.read("web/src/docs/architecture.md"),
        Document.read("web/src/docs/decisions.md"),
        Document.read("web/src/docs/java.md"),
        Document.read("web/src/docs/measurements.md"),
        Document.read("web/src/docs/paper.md"));
  }

  @Test
  void readme_isShortAndNamesTheTests() {
    assertThat(README.text().lines().count()).isLessThanOrEqualTo(MOST_LINES);
    assertThat(README.commands()).anyMatch(one -> one.program().equals("scripts/test.sh"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void commands_all_areThereAndParse(Document document) {
    ShownCommands shown = new ShownCommands(folder);

    assertThat(document.commands().stream().flatMap(one -> shown.faults(one).stream())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scripts/edgeshard start --prot 8081",
        "scripts/edgeshard start --port many",
        "scripts/edgeshard strat",
        "scripts/edgeshard plan --objective fastest --againn",
        "scripts/run.sh --browser",
        "scripts/none.sh",
        "scripts/test.sh --fast",
        "java -jar edgeshard.jar join",
        "bin/edgeshard join 192.168.1.10 --http-host 0.0.0.0",
        "EDGESHARD_PROT=1 scripts/edgeshard start",
        "edgeshardd start"
      })
  void commands_wrongOne_isFound(String line) {
    ShownCommands shown = new ShownCommands(folder);

    assertThat(ShellCommand.in(line))
        .singleElement()
        .satisfies(one -> assertThat(shown.faults(one)).isNotEmpty());
  }

  @Test
  void commands_inBlocks_areMarkedAsShell() {
    assertThat(documents().flatMap(document -> document.otherBlocks().stream()))
        .noneMatch(block -> block.matches("(?s).*(scripts/\\w|bin/edgeshard|curl ).*"));
    assertThat(README.commands()).hasSizeGreaterThan(20);
  }

  @Test
  void commands_ofTheReadme_areRunByATest() {
    List<String> shown =
        README.commands().stream()
            .filter(one -> one.program().matches("(scripts|bin)/.*"))
            .map(one -> one.program().endsWith("/edgeshard") ? one.words().get(1) : one.program())
            // The tests themselves, and what is measured for minutes or hours.
            .filter(one -> !one.matches("scripts/(test|bench|testbed)\\.sh"))
            .distinct()
            .toList();

    assertThat(RUN_BY.keySet()).containsExactlyInAnyOrderElementsOf(shown);
    assertThat(RUN_BY.values())
        .allSatisfy(
            test ->
                assertThat(
                        Path.of(
                            "src/test/java/io/edgeshard/verticles",
                            test.replace('.', '/') + ".java"))
                    .exists());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void sentences_scriptsCommandsFlagsAndVariables_areThere(Document document) throws IOException {
    ShownCommands shown = new ShownCommands(folder);
    for (String code : document.inlineCode()) {
      if (code.matches("(scripts/|java -|bin/edgeshard |edgeshard [a-z]).*")) {
        // bench.sh has commands of its own, which its own tests know.
        String line = code.startsWith("scripts/bench.sh ") ? "scripts/bench.sh" : code;
        ShellCommand.in(line).forEach(one -> assertThat(shown.faults(one)).isEmpty());
      } else if (code.startsWith("--")) {
        assertThat(FLAG.matcher(code).results().map(MatchResult::group))
            .allMatch(shown::isFlag, code);
      }
    }
    assertThat(VARIABLE.matcher(document.text()).results().map(MatchResult::group))
        .allMatch(ShownCommands::isVariable);
  }

  @Test
  void environmentFile_everyVariable_isRead() throws IOException {
    assertThat(
            VARIABLE
                .matcher(Files.readString(Document.PROJECT.resolve(ENVIRONMENT)))
                .results()
                .map(MatchResult::group))
        .hasSizeGreaterThan(4)
        .allMatch(ShownCommands::isVariable);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_all_leadSomewhere(Document document) {
    Path from = Document.PROJECT.resolve(document.path());
    assertThat(document.links()).allSatisfy(link -> assertThat(from.resolveSibling(link)).exists());
  }

  @Test
  void requests_ofTheReadme_areAnswered() throws Exception {
    List<ShellCommand> requests =
        README.commands().stream().filter(one -> one.program().equals("curl")).toList();
    assertThat(requests).hasSizeGreaterThan(1);
    try (RunningServer server = RunningServer.start()) {
      server.generator().play(answer -> answer.tokens("Light.").finish(FinishReason.STOP));
      server.plans().become(PlanViews.predicted(7));
      server.plans().answer(any -> CompletableFuture.completedFuture(PlanViews.withoutLaptop()));
      Http http = new Http(server);
      for (ShellCommand request : requests) {
        HttpResponse<String> answer = answer(http, request.arguments());
        assertThat(answer.statusCode()).as(request + ": " + answer.body()).isEqualTo(200);
      }
    }
  }

  private static HttpResponse<String> answer(Http http, List<String> arguments) throws Exception {
    assertThat(arguments.get(0)).startsWith(SERVER);
    String path = URI.create(arguments.get(0)).getPath();
    if (arguments.size() == 1) {
      return http.get(path);
    }
    assertThat(arguments.subList(1, arguments.size() - 1))
        .containsExactly("-H", "Content-Type: application/json", "-d");
    return http.post(path, arguments.get(arguments.size() - 1));
  }

  @Test
  void paths_ofTheReadme_areServed() throws Exception {
    List<String> paths =
        README.inlineCode().stream()
            .map(code -> code.replaceFirst("^(GET|POST) ", ""))
            .filter(code -> code.matches("/[a-z].*"))
            .distinct()
            .toList();
    assertThat(paths).contains("/v1/models", "/metrics").hasSizeGreaterThan(10);
    try (RunningServer server = RunningServer.start()) {
      Http http = new Http(server);
      for (String path : paths) {
        String address = path.replaceAll("\\{.*?\\}", "x");
        assertThat(http.get(address).body()).as(path).doesNotContain("unknown_url");
      }
    }
  }
}
