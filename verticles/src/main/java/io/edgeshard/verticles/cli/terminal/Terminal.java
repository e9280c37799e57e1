package io.edgeshard.verticles.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where a running command was typed and where it prints.
 *
 * @param parsed what was typed
 * @param out standard output
 * @param err standard error
 */
public record Terminal(ParseResult parsed, PrintWriter out, PrintWriter err) {
  /** That of a command; picocli has set its specification before it calls it. */
  public static Terminal of(@Nullable CommandSpec spec) {
    CommandSpec set = Objects.requireNonNull(spec);
    CommandLine command = set.commandLine();
    return new Terminal(command.getParseResult(), command.getOut(), command.getErr());
  }

  /**
   * Whether a person reads standard output, rather than a file or a program: the launcher says so,
   * for Java itself cannot tell on every release.
   */
  public static boolean isRead() {
    return Boolean.getBoolean("edgeshard.terminal");
  }

  /** The whole command line that the command is part of. */
  public CommandLine root() {
    CommandLine command = parsed.commandSpec().commandLine();
    while (command.getParent() != null) {
      command = command.getParent();
    }
    return command;
  }

  /** Prints lines at once. */
  public void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  /** Says on standard error why there is nothing to print. */
  public void error(String sentence) {
    err.println("edgeshard: " + sentence);
    err.flush();
  }

  /** Prints a line at once. */
  public void print(String line) {
    print(List.of(line));
  }
}
