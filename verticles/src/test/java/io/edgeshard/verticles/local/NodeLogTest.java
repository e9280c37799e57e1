package io.edgeshard.verticles.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.verticles.settings.SettingValue;
import io.edgeshard.verticles.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeLogTest {
  @TempDir Path folder;

  private Optional<Path> log(boolean isRead, Map<String, String> flags) throws IOException {
    Settings settings = settings(flags);
    return NodeLog.fileOf(config(settings), settings, folder.resolve("state"), isRead);
  }

  private Settings settings(Map<String, String> flags) throws IOException {
    Map<String, String> all = new HashMap<>(flags);
    all.put("model", Files.writeString(folder.resolve("m.gguf"), "GGUF").toString());
    all.put("name", "attic");
    return TestFolders.settings(folder, all);
  }

  private NodeConfig config(Settings settings) {
    return new NodeConfigs(settings, new RunFiles(folder), new Secrets(settings, TestFolders.TOKEN))
        .first();
  }

  @Test
  void fileOf_aPersonReadsTheTerminal_isAFileOfTheNode() throws IOException {
    assertThat(log(true, Map.of()))
        .contains(
            folder.resolve("state").resolve("logs").resolve("edgeshard").resolve("attic.log"));
  }

  @Test
  void fileOf_nobodyReads_isStandardError() throws IOException {
    assertThat(log(false, Map.of())).isEmpty();
  }

  @Test
  void fileOf_oneIsNamed_isThatOne() throws IOException {
    Path named = folder.resolve("own.log");
    assertThat(log(true, Map.of("log-file", named.toString()))).contains(named);
    assertThat(log(false, Map.of("log-file", named.toString()))).contains(named);
  }

  @Test
  void runFile_nodeThatLogsToItsOwnFile_saysWhere() throws IOException {
    Settings settings = settings(Map.of());
    Path file = folder.resolve("attic.log");

    RunFile running = RunFile.of(config(settings), settings, Optional.of(file), null);

    assertThat(running.logFile()).isEqualTo(file.toString());
    assertThat(running.settings())
        .containsEntry("log-file", new SettingValue(file.toString(), Origin.DEFAULT));
    assertThat(RunFile.of(config(settings), settings, Optional.empty(), null).logFile()).isNull();
  }
}
