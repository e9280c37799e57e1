package io.edgeshard.verticles.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowserTest {
  @TempDir Path folder;

  @BeforeEach
  void putOpenerInPath() throws IOException {
    Path opener = Files.writeString(folder.resolve("xdg-open"), "#!/bin/sh\n");
    assertThat(opener.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void opener_linuxWithScreen_isXdgOpen() {
    String path = "/nowhere:" + folder;

    assertThat(Browser.opener(Map.of("PATH", path, "DISPLAY", ":0"), "linux"))
        .contains(List.of("xdg-open"));
    assertThat(Browser.opener(Map.of("PATH", path, "WAYLAND_DISPLAY", "w"), "linux"))
        .contains(List.of("xdg-open"));
  }

  @Test
  void opener_noScreenOrNoProgram_isNone() {
    assertThat(Browser.opener(Map.of("PATH", folder.toString()), "linux")).isEmpty();
    assertThat(Browser.opener(Map.of("PATH", "/nowhere", "DISPLAY", ":0"), "linux")).isEmpty();
  }

  @Test
  void opener_otherSystems_haveTheirOwn() {
    assertThat(Browser.opener(Map.of(), "mac os x")).contains(List.of("open"));
    assertThat(Browser.opener(Map.of(), "windows 11")).isPresent();
  }
}
