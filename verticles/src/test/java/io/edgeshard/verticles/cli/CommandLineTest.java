package io.edgeshard.verticles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.local.TestFolders;
import io.edgeshard.verticles.local.network.Ports;
import io.edgeshard.verticles.local.runfile.ProcessIdentity;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Setting;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    CommandContext context =
        new CommandContext(
            config -> Future.failedFuture("the model has 2 layers too many"),
            environment,
            TestFolders.in(folder));
    return EdgeShardCommand.create(context)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  static Stream<CommandLine> commands() {
    CommandContext context =
        new CommandContext(
            config -> Future.failedFuture("not here"), Map.of(), TestFolders.in(Path.of("none")));
    return EdgeShardCommand.create(context).getSubcommands().values().stream()
        .filter(command -> !command.getCommandName().equals("help"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void help_everyCommand_hasExamplesAndExitCodes(CommandLine command) {
    String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

    assertThat(help)
        .contains("Examples:", "edgeshard " + command.getCommandName(), "Exit codes:", "--help");
    assertThat(help.lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void plan_example_isPrinted() {
    assertThat(run("plan", "--example")).isZero();
    assertThat(out.toString()).contains("model: llama-2-7b", "# ", "latency-ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--add=jetson-agx-orion",
        "--remove=nowhere",
        "--model=llama-9",
        "--objective=fastest",
        "--planner=greedy"
      })
  void plan_unknownName_isAWrongFlagAndRepeated(String flag) throws IOException {
    assertThat(run("plan", "--example")).isZero();
    Path file = Files.writeString(folder.resolve("cluster.yaml"), out.toString());
    assertThat(run("plan", "--file", file.toString(), flag)).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("'" + flag.replaceFirst(".*=", "") + "'");
  }

  @Test
  void start_flagOfSeveralValuesTypedTwice_countsBoth() throws IOException {
    Path model = Files.writeString(folder.resolve("m.gguf"), "GGUF");
    assertThat(
            run(
                "start",
                "--model=" + model,
                "--allow-origin=https://a.example",
                "--allow-origin=not an origin"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("found 'not an origin'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--allow-slower", "--allow-slower=no"})
  void start_switch_isTypedAloneOrWithItsValue(String flag) {
    assertThat(run("start", flag, "--threads=many")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).startsWith("edgeshard: --threads: expected");
  }

  @Test
  void help_start_hasEverySettingWithItsDefault() {
    assertThat(run("start", "--help")).isZero();
    assertThat(out.toString())
        .contains(StartCommand.SETTINGS.stream().map(Setting::flag).toList())
        .contains("Default: 8080.", "listens on 127.0.0.1 only");
  }

  @Test
  void settings_all_areFlagsOfACommand() {
    assertThat(
            Stream.of(StartCommand.SETTINGS, RunCommand.SETTINGS, JoinCommand.SETTINGS)
                .flatMap(List::stream)
                .distinct())
        .containsExactlyInAnyOrderElementsOf(NodeSettings.ALL);
  }

  @Test
  void run_ownDefault_isShown() {
    assertThat(run("run", "--help")).isZero();
    assertThat(out.toString()).containsPattern("before the model is\\s+split. Default: 3.");
  }

  @Test
  void version_isPrinted() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).startsWith("edgeshard ");
  }

  @Test
  void noCommand_printsHelpAndIsBadUsage() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("Usage: edgeshard", "edgeshard run");
  }

  @Test
  void unknownCommandOrFlag_isBadUsageWithSuggestions() {
    assertThat(run("strat")).isEqualTo(2);
    assertThat(err.toString()).contains("'strat'", "Did you mean start");

    assertThat(run("start", "--prot=1")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--prot", "Did you mean --port", "See 'edgeshard start --help'.");
  }

  @Test
  void join_withoutHost_isBadUsage() {
    assertThat(run("join")).isEqualTo(2);
    assertThat(err.toString()).contains("HOST[:PORT]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "run", "join 127.0.0.1"})
  void badSetting_isOneSentenceAndBadUsage(String command) {
    String[] arguments = (command + " --threads=many").split(" ", -1);

    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "edgeshard: --threads: expected a number of threads of 1 to 1024, found 'many'");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void badVariable_namesTheVariable() {
    assertThat(run(Map.of("EDGESHARD_WEIGHTS", "int3"), "start")).isEqualTo(2);
    assertThat(err.toString()).startsWith("edgeshard: EDGESHARD_WEIGHTS in the environment: ");
  }

  @Test
  void start_noModel_isBadUsageAndSaysHowToGetOne() {
    int code = run("start", "--cache=" + folder.resolve("empty"));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("scripts/get-model.sh");
  }

  @Test
  void run_portInUse_failsAndSaysWhichPort() throws IOException {
    Path model = Files.writeString(folder.resolve("m.gguf"), "GGUF");
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      String port = Integer.toString(other.getLocalPort());

      assertThat(run("run", "--no-browser", "--model=" + model, "--port=" + port)).isEqualTo(1);
      assertThat(err.toString())
          .contains("expected HTTP port " + port + " to be free", "choose another with --port");
    }
  }

  @Test
  void start_nodeCannotStart_failsWithItsSentence() throws IOException {
    Path model = Files.writeString(folder.resolve("m.gguf"), "GGUF");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int cluster = Ports.anyFree(loopback);

    int code =
        run(
            "start",
            "--model=" + model,
            "--port=0",
            "--cluster-port=" + cluster,
            "--bus-port=" + Ports.preferring(cluster + 1, loopback, List.of(cluster)));

    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines("edgeshard: the model has 2 layers too many");
  }

  @Test
  void join_nobodyThere_failsAndSaysWhatToCheck() throws IOException {
    int port = Ports.anyFree(InetAddress.getLoopbackAddress());

    assertThat(run("join", "127.0.0.1:" + port, "--join-timeout=0.2s")).isEqualTo(1);
    assertThat(err.toString())
        .contains("expected an EdgeShard node that listens on 127.0.0.1:" + port, "firewall");
  }

  @Test
  void status_nothingRuns_showsSettingsWithOriginAndIsNotReady() {
    assertThat(run(Map.of("EDGESHARD_PORT", "9000"), "status")).isEqualTo(3);
    assertThat(out.toString())
        .contains("none runs")
        .containsPattern("port +9000 +EDGESHARD_PORT in the environment")
        .containsPattern("cluster-port +5701 +default");
  }

  @Test
  void status_json_isJson() {
    assertThat(run("status", "--json")).isEqualTo(3);
    assertThat(new io.vertx.core.json.JsonObject(out.toString()).getJsonArray("nodes")).isEmpty();
  }

  @Test
  void stopAndLeave_nothingRuns_sayso() {
    assertThat(run("stop")).isZero();
    assertThat(out.toString()).contains("no node of this user runs");
    assertThat(run("leave")).isEqualTo(1);
    assertThat(run("logs")).isEqualTo(1);
    assertThat(err.toString()).contains("found none running");
  }

  @Test
  void logsAndLeave_severalNodesRun_areToldWhichIsMeant() throws IOException {
    Path log = Files.writeString(folder.resolve("b.log"), "event=of-b");
    RunFiles files = new RunFiles(TestFolders.in(folder).state());
    files.write(runFile("c", "a", null));
    files.write(runFile("c", "b", log.toString()));
    files.write(runFile("d", "b", null));

    assertThat(run("logs", "--name", "b", "--cluster-name", "c")).isZero();
    assertThat(out.toString()).contains("event=of-b");
    assertThat(run("logs", "--name", "b")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("leave", "--name", "a", "--cluster-name", "d")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("found 'b'; these run:", "found 'a'; these run:");
  }

  private static RunFile runFile(String cluster, String name, @Nullable String logFile) {
    return new RunFile(
        name, cluster, ProcessIdentity.current(), null, null, "", "", null, logFile, Map.of());
  }

  @Test
  void completion_isAScriptForBashAndZsh() {
    assertThat(run("completion")).isZero();
    assertThat(out.toString()).contains("complete -F", "edgeshard", "--cluster-port");
  }
}
