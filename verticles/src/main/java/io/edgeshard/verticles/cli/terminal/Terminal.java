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
 */
public record Terminal(ParseResult parsed, PrintWriter out) {
  /** That of a command; picocli has set its specification before it calls it. */
  public static Terminal of(@Nullable CommandSpec spec) {
    CommandSpec set = Objects.requireNonNull(spec);
    return new Terminal(set.commandLine().getParseResult(), set.commandLine().getOut());
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

  /** Prints a line at once. */
  public void print(String line) {
    print(List.of(line));
  }
}
