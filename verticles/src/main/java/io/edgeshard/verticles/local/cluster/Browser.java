package io.edgeshard.verticles.local.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The user's web browser, where there is one. */
public final class Browser {
  private Browser() {}

  /** Opens an address; false when this machine has no way to. */
  public static boolean open(String url, Map<String, String> environment) {
    Optional<List<String>> opener =
        opener(environment, System.getProperty("os.name").toLowerCase(Locale.ROOT));
    if (opener.isEmpty()) {
      return false;
    }
    List<String> command = new java.util.ArrayList<>(opener.get());
    command.add(url);
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static Optional<List<String>> opener(Map<String, String> environment, String operatingSystem) {
    if (operatingSystem.startsWith("mac")) {
      return Optional.of(List.of("open"));
    }
    if (operatingSystem.startsWith("windows")) {
      return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
    }
    boolean screen =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    return screen && isInPath("xdg-open", environment)
        ? Optional.of(List.of("xdg-open"))
        : Optional.empty();
  }

  private static boolean isInPath(String program, Map<String, String> environment) {
    for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }
}
