package io.edgeshard.verticles.local.cluster;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts another process of this program: same Java, same flags, same jar. */
final class NodeCommandLine {
  private static final String MAIN = "io.edgeshard.verticles.Main";

  /**
   * Ctrl-C reaches every process of the terminal; a node that ignores it is ended by its launcher,
   * in order. An ignored signal stays ignored over exec, and the JVM leaves it so.
   */
  private static final List<String> DEAF_TO_CTRL_C =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "edgeshard");

  private NodeCommandLine() {}

  /** The command of a node whose temporary files go to a folder. */
  static List<String> of(List<String> arguments, Path temporaryFolder) {
    List<String> command = new ArrayList<>();
    if (new File(DEAF_TO_CTRL_C.get(0)).canExecute()) {
      command.addAll(DEAF_TO_CTRL_C);
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ownFlags());
    command.add("-Djava.io.tmpdir=" + temporaryFolder);
    command.addAll(program());
    command.addAll(arguments);
    return command;
  }

  /** The flags of this JVM, less those that only one process at a time can have. */
  private static List<String> ownFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-agentlib") && !flag.startsWith("-javaagent"))
        .filter(flag -> !flag.startsWith("-Djava.io.tmpdir"))
        .filter(flag -> !flag.startsWith("-Dedgeshard.terminal"))
        .toList();
  }

  /** A single jar is run as one, because what its manifest opens counts only then. */
  private static List<String> program() {
    String classPath = System.getProperty("java.class.path");
    return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
        ? List.of("-jar", classPath)
        : List.of("-cp", classPath, MAIN);
  }
}
