package io.edgeshard.verticles.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.runtime.fixture.RealModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scripts that measure. Where the machine allows no testbed, the script must say why, with an
 * exit code of its own.
 */
class PaperTestbedIT {
  private static final Path SCRIPTS = Path.of("..", "scripts").toAbsolutePath().normalize();
  private static final int CANNOT_HERE = 3;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration RUN_LIMIT = Duration.ofMinutes(18);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  private Process start(String log, String... command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log(log).toFile());
    builder.environment().put("EDGESHARD_JAR", System.getProperty("edgeshard.jar"));
    builder.environment().put("PYTHONPATH", SCRIPTS.resolve("bench").toString());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private Process startTestbed(String log) throws IOException {
    return start(
        log,
        SCRIPTS.resolve("testbed.sh").toString(),
        "--quick",
        "--model",
        RealModel.path().toString(),
        "--folder",
        results().toString());
  }

  private Path results() {
    return folder.resolve("results");
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private static void awaitEnd(Process process) throws InterruptedException {
    assertThat(process.waitFor(RUN_LIMIT.toSeconds(), TimeUnit.SECONDS))
        .as("ends within %s", RUN_LIMIT)
        .isTrue();
  }

  @AfterEach
  void end() throws InterruptedException {
    started.forEach(Process::destroy);
    for (Process process : started) {
      awaitEnd(process);
    }
  }

  @Test
  void theScriptsOwnTestsPass() throws Exception {
    for (String scripts : List.of("bench", "testbed")) {
      String tests = SCRIPTS.resolve(scripts).toString();
      Process run = start(scripts, "python3", "-B", "-m", "unittest", "discover", tests);
      awaitEnd(run);
      assertThat(run.exitValue()).as(Files.readString(log(scripts))).isZero();
      assertThat(log(scripts)).content().contains("OK");
    }
  }

  @Test
  void aTestbedMeasuresAfterOneWasKilledAndTakesDownWhatThatLeft() throws Exception {
    Process killed = startTestbed("killed");
    Path firstNode = results().resolve("nodes").resolve("source");
    Conditions.await(
        "a node of the testbed, or its refusal",
        START_LIMIT.plus(RUN_LIMIT),
        () -> Files.exists(firstNode) || !killed.isAlive(),
        () -> log("killed"));
    if (!killed.isAlive()) {
      assertThat(log("killed")).content().contains("no testbed can be built here: ");
      assertThat(killed.exitValue()).as(Files.readString(log("killed"))).isEqualTo(CANNOT_HERE);
      System.out.println(Files.readString(log("killed")));
      return;
    }
    killed.destroyForcibly();
    awaitEnd(killed);

    Process measured = startTestbed("measured");
    awaitEnd(measured);

    String said = Files.readString(log("measured"));
    assertThat(measured.exitValue()).as(said).isZero();
    assertThat(said)
        .contains("taken down, left by a run that ended early: ")
        .contains("source 10 → cloud 20");
    assertThat(results().resolve("report.html")).content().contains("source 10 → cloud 20");
  }
}
