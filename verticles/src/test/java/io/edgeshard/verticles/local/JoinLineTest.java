package io.edgeshard.verticles.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinLineTest {
  @TempDir Path folder;

  private NodeConfig first(Map<String, String> flags) throws IOException {
    Path model = Files.writeString(folder.resolve("m.gguf"), "GGUF");
    Map<String, String> all = new HashMap<>(flags);
    all.put("model", model.toString());
    Settings settings = TestFolders.settings(folder, all);
    return new NodeConfigs(settings, new RunFiles(folder), new Secrets(settings, TestFolders.TOKEN))
        .first();
  }

  @Test
  void to_usualPortAndName_areNotTyped() throws IOException {
    assertThat(JoinLine.to(first(Map.of()))).isEqualTo("edgeshard join 127.0.0.1");
  }

  @Test
  void to_othersThanUsual_areTyped() throws IOException {
    assertThat(JoinLine.to(first(Map.of("cluster-port", "6001", "cluster-name", "attic"))))
        .isEqualTo("edgeshard join 127.0.0.1:6001 --cluster-name attic");
  }

  @Test
  void back_lostNode_hasItsNameAndWhatItOffered() throws IOException {
    assertThat(JoinLine.back(first(Map.of()), "node-2", "192.168.1.11", (719L << 20) + 5))
        .isEqualTo("edgeshard join 127.0.0.1 --name node-2 --memory 719m");
  }
}
