package io.edgeshard.verticles.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.web.guard.ApiKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no owner-only permissions there")
class ApiKeyFileTest {
  private static final String KEY = "0123456789abcdef";

  @TempDir Path folder;

  private ApiKeys read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return ApiKeyFile.read(
        TestFolders.settings(folder, Map.of("api-key-file", file.toString())), Map.of());
  }

  @Test
  void read_keysAndComments_areTheKeys() throws IOException {
    assertThat(read("# ours\n" + KEY + "\n\n  " + KEY + "2 \n")).hasToString("ApiKeys[2]");
  }

  @Test
  void read_noneOrShort_isRefused() {
    assertThatThrownBy(() -> read("# nothing\n")).hasMessageContaining("found none");
    assertThatThrownBy(() -> read("short\n"))
        .hasMessageStartingWith("--api-key-file: expected API keys of at least 16 characters")
        .hasMessageNotContaining("short\n");
  }

  @Test
  void read_openToOthers_isRefused() throws IOException {
    read(KEY);
    Files.setPosixFilePermissions(
        folder.resolve("keys"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(
            () ->
                ApiKeyFile.read(
                    TestFolders.settings(
                        folder, Map.of("api-key-file", folder.resolve("keys").toString())),
                    Map.of()))
        .hasMessageContaining("only its owner can read");
  }

  @Test
  void read_nothingNamed_isNone() {
    assertThat(ApiKeyFile.read(TestFolders.settings(folder, Map.of()), Map.of()).isEmpty())
        .isTrue();
    assertThat(
            ApiKeyFile.read(
                TestFolders.settings(folder, Map.of()), Map.of(ApiKeyFile.VARIABLE, KEY)))
        .hasToString("ApiKeys[1]");
  }
}
