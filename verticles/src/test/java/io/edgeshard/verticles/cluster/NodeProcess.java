package io.edgeshard.verticles.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node as a process of its own, which a test may kill or freeze. */
final class NodeProcess implements AutoCloseable {
  private static final int END_LIMIT_SECONDS = 10;
  private final Process process;
  private final Path log;

  private NodeProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a command of the program; the node ends with this process, whatever happens to it. */
  static NodeProcess start(Path folder, String name, String... arguments) {
    return start(List.of(), folder, name, arguments);
  }

  /** The same as if a person read what it prints, which is its log here. */
  static NodeProcess startInTerminal(Path folder, String name, String... arguments) {
    return start(List.of("-Dedgeshard.terminal=true"), folder, name, arguments);
  }

  private static NodeProcess start(
      List<String> flags, Path folder, String name, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:+UseSerialGC");
    command.addAll(flags);
    command.add("-jar");
    command.add(System.getProperty("edgeshard.jar"));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("--name", name, "--parent-pid", Long.toString(ProcessHandle.current().pid())));
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    try {
      return new NodeProcess(builder.start(), log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  long pid() {
    return process.pid();
  }

  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  void freeze() {
    signal("-STOP");
  }

  void thaw() {
    signal("-CONT");
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      thaw();
      process.destroy();
    }
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("expected the node to end, found it alive:\n" + log());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(String signal) {
    try {
      Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
      if (!kill.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new AssertionError("expected kill " + signal + " to work, found it failing");
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
