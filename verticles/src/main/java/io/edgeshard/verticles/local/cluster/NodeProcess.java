package io.edgeshard.verticles.local.cluster;

import io.edgeshard.verticles.local.LogFile;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node that this process started: a child process with its log. */
final class NodeProcess {
  private static final int LONGEST_LINE = 300;

  private final String name;
  private final Process process;
  private final Path logFile;
  private final Path outputFile;

  private NodeProcess(String name, Process process, Path logFile, Path outputFile) {
    this.name = name;
    this.process = process;
    this.logFile = logFile;
    this.outputFile = outputFile;
  }

  /** Starts a node; what it prints and its temporary files go below {@code folder}. */
  static NodeProcess start(LocalClusterPlan.Node node, Path folder) {
    Path temporary = folder.resolve(node.name());
    Path output = folder.resolve(node.name() + ".out");
    try {
      Files.createDirectories(temporary);
      Files.createDirectories(node.logFile().toAbsolutePath().getParent());
      Files.deleteIfExists(node.logFile());
      ProcessBuilder builder =
          new ProcessBuilder(NodeCommandLine.of(node.arguments(), temporary))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(nothing()));
      // Native libraries know nothing of Java's own setting.
      builder.environment().put("TMPDIR", temporary.toString());
      Process process = builder.start();
      return new NodeProcess(node.name(), process, node.logFile(), output);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + node.name(), e);
    }
  }

  String name() {
    return name;
  }

  Path logFile() {
    return logFile;
  }

  Process process() {
    return process;
  }

  /** Asks it to end in order. */
  void end() {
    process.destroy();
  }

  /** Ends it at once. */
  void kill() {
    process.destroyForcibly();
  }

  /** Whether it ended within a limit. */
  boolean hasEnded(long limitMs) throws InterruptedException {
    return process.waitFor(Math.max(0, limitMs), TimeUnit.MILLISECONDS);
  }

  /** The last line it printed, which says why when it ended by itself; else empty. */
  String lastWord() {
    List<String> printed = LogFile.of(outputFile).lastLines(1);
    return printed.isEmpty() ? "" : printed.get(0).replaceFirst("^edgeshard: ", "");
  }

  /** The last lines it logged, each cut to a length that can be read. */
  List<String> lastLogLines(int most) {
    return LogFile.of(logFile).lastLines(most).stream()
        .map(line -> line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…")
        .toList();
  }

  private static File nothing() {
    boolean windows = File.separatorChar == '\\';
    return new File(windows ? "NUL" : "/dev/null");
  }
}
