package io.edgeshard.verticles.local.runfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.verticles.settings.SettingValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
}
