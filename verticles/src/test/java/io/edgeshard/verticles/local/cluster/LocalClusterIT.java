package io.edgeshard.verticles.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.runtime.fixture.TinyModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/run.sh} on the runnable jar, as processes: nothing is left, however it ends. */
class LocalClusterIT {
  private static final Path SCRIPT = Path.of("..", "scripts", "run.sh");
  private static final Path JAR = Path.of("target", "edgeshard.jar");
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  @TempDir Path folder;
  private final List<ProcessHandle> started = new ArrayList<>();

  /** A cluster that answers. */
  private record Running(Process launcher, List<ProcessHandle> nodes) {}

  private Running run() throws IOException {
    Path model = TinyModel.grouped().writeTo(folder);
    ProcessBuilder builder =
        new ProcessBuilder(
                SCRIPT.toString(),
                "--no-browser",
                "--port=0",
                "--nodes=2",
                "--memory=1g",
                "--context=64",
                "--model=" + model)
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("EDGESHARD_JAR", JAR.toAbsolutePath().toString());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Process launcher = builder.start();
    started.add(launcher.toHandle());
    List<String> printed = new ArrayList<>();
    try (BufferedReader reader = launcher.inputReader()) {
      String line = reader.readLine();
      while (line != null && !line.contains(" answers, ")) {
        printed.add(line);
        line = reader.readLine();
      }
      assertThat(line).as("it answers; it printed %s", printed).isNotNull();
      List<ProcessHandle> nodes = launcher.children().toList();
      started.addAll(nodes);
      return new Running(launcher, nodes);
    }
  }

  private List<Path> filesLeft() throws IOException {
    try (Stream<Path> tree = Files.walk(folder.resolve("state"))) {
      return tree.filter(Files::isRegularFile)
          .filter(path -> !path.toString().contains("/logs/"))
          .collect(Collectors.toList());
    }
  }

  private static boolean ended(ProcessHandle process) {
    try {
      process.onExit().get(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  @AfterEach
  void killWhatIsLeft() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  @Timeout(150)
  void run_terminated_endsAllNodesAndLeavesNothingSoThatASecondRunWorks() throws Exception {
    Running first = run();
    assertThat(first.nodes()).hasSize(2);
    first.launcher().destroy();

    assertThat(first.launcher().waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    assertThat(first.nodes()).noneMatch(ProcessHandle::isAlive);
    assertThat(filesLeft()).isEmpty();

    Running second = run();
    assertThat(second.nodes()).hasSize(2);
  }

  @Test
  @Timeout(90)
  void run_launcherKilled_nodesEndByThemselves() throws IOException {
    Running running = run();
    running.launcher().destroyForcibly();

    assertThat(running.nodes()).allMatch(LocalClusterIT::ended);
  }
}
