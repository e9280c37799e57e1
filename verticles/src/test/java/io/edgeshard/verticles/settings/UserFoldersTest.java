package io.edgeshard.verticles.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
  @Test
  void of_noVariables_isBelowHome() {
    UserFolders folders = UserFolders.of(Map.of(), "/home/ada", "Linux");

    assertThat(folders.config()).isEqualTo(Path.of("/home/ada/.config/edgeshard"));
    assertThat(folders.state()).isEqualTo(Path.of("/home/ada/.local/state/edgeshard"));
    assertThat(folders.cache()).isEqualTo(Path.of("/home/ada/.cache/edgeshard"));
  }

  @Test
  void of_xdgVariables_areObeyedWhenAbsolute() {
    UserFolders folders =
        UserFolders.of(
            Map.of("XDG_STATE_HOME", "/var/s", "XDG_CACHE_HOME", "relative", "XDG_CONFIG_HOME", ""),
            "/home/ada",
            "Linux");

    assertThat(folders.state()).isEqualTo(Path.of("/var/s/edgeshard"));
    assertThat(folders.cache()).isEqualTo(Path.of("/home/ada/.cache/edgeshard"));
    assertThat(folders.config()).isEqualTo(Path.of("/home/ada/.config/edgeshard"));
  }

  @Test
  void of_windows_isLocalAppData() {
    UserFolders folders =
        UserFolders.of(Map.of("LOCALAPPDATA", "/c/Local"), "/c/Users/ada", "Windows 11");

    assertThat(folders.state()).isEqualTo(Path.of("/c/Local/edgeshard/state"));
  }
}
