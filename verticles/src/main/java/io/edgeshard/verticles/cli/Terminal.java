package io.edgeshard.verticles.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Where a running command was typed and where it prints.
 *
 * @param parsed what was typed
 * @param out standard output
 */
record Terminal(ParseResult parsed, PrintWriter out) {
  /** That of a command; picocli has set its specification before it calls it. */
  static Terminal of(@Nullable CommandSpec spec) {
    CommandSpec set = Objects.requireNonNull(spec);
    return new Terminal(set.commandLine().getParseResult(), set.commandLine().getOut());
  }

  void print(List<String> lines) {
    lines.forEach(out::println);
    out.flush();
  }

  void print(String line) {
    print(List.of(line));
  }
}
