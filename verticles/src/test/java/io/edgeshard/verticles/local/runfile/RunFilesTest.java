package io.edgeshard.verticles.local.runfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.verticles.settings.SettingValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
  @TempDir Path folder;

  private static RunFile file(String cluster, String name, ProcessIdentity process) {
    SettingValue port = new SettingValue("8080", new Origin(Origin.Kind.FLAG, "--port"));
    return new RunFile(
        name,
        cluster,
        process,
        null,
        null,
        "127.0.0.1:5701",
        "127.0.0.1:5702",
        "http://127.0.0.1:8080",
        null,
        Map.of("port", port));
  }

  private List<Path> filesLeft() throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void list_runningNodes_areReadBackWhole() {
    RunFiles files = new RunFiles(folder);
    RunFile second = file("b", "node", ProcessIdentity.current());
    RunFile first = file("a", "node", ProcessIdentity.current());
    files.write(second);
    files.write(first);

    assertThat(files.list()).containsExactly(first, second);
    assertThat(files.find("b", "node")).contains(second);
    assertThat(files.find("b", "other")).isEmpty();
  }

  @Test
  void list_processOfThatNumberStartedAtAnotherTime_isStaleAndRemoved() throws IOException {
    RunFiles files = new RunFiles(folder);
    ProcessIdentity self = ProcessIdentity.current();
    files.write(file("a", "node", new ProcessIdentity(self.pid(), self.startedAtMs() - 60_000)));

    assertThat(files.find("a", "node")).isEmpty();
    assertThat(files.list()).isEmpty();
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void list_fileThatIsNoRunFile_isRemoved() throws IOException {
    RunFiles files = new RunFiles(folder);
    Path broken = folder.resolve("nodes/a/node.json");
    Files.createDirectories(broken.getParent());
    Files.writeString(broken, "{\"name\": ");

    assertThat(files.list()).isEmpty();
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void remove_writtenByAnotherProcessSince_isKept() {
    RunFiles files = new RunFiles(folder);
    RunFile now = file("a", "node", ProcessIdentity.current());
    files.write(now);

    files.remove(file("a", "node", new ProcessIdentity(1, 1)));
    assertThat(files.list()).containsExactly(now);

    files.remove(now);
    assertThat(files.list()).isEmpty();
  }

  @Test
  void owner_launcherGone_isTheNodeItself() {
    RunFile alone = file("a", "node", ProcessIdentity.current());

    assertThat(alone.owner()).isEqualTo(ProcessIdentity.current());
  }

  @Test
  void recommending_whatNobodySet_isTheModelsAndSaysSo() {
    SettingValue set = new SettingValue("0.9", new Origin(Origin.Kind.FLAG, "--top-p"));
    SettingValue shipped = new SettingValue("0.7", Origin.DEFAULT);
    RunFile file =
        new RunFile(
            "node",
            "a",
            ProcessIdentity.current(),
            null,
            null,
            "127.0.0.1:5701",
            "127.0.0.1:5702",
            null,
            null,
            Map.of("temperature", shipped, "top-p", set, "min-p", shipped));
    SamplingChoice model =
        new SamplingChoice(
            Optional.of(0.3),
            Optional.of(0.8),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    RunFiles files = new RunFiles(folder);

    files.write(file.recommending(model));

    Map<String, SettingValue> shown = files.find("a", "node").orElseThrow().settings();
    assertThat(shown.get("temperature"))
        .hasToString("SettingValue[text=0.3, origin=general.sampling.temp in the model]");
    assertThat(shown.get("top-p")).isEqualTo(set);
    assertThat(shown.get("min-p")).isEqualTo(shipped);
  }
}
