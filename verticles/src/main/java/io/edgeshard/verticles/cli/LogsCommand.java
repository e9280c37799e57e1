package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.RunFileWords;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.LogFile;
import io.edgeshard.verticles.local.node.NodeStartException;
import io.edgeshard.verticles.local.runfile.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgeshard logs}: what a node of this machine has logged. */
@Command(
    name = "logs",
    description = "Show what a node of this machine has logged.",
    footer = {
      "",
      "Examples:",
      "  edgeshard logs",
      "  edgeshard logs --name node-2",
      "  edgeshard logs --name node-1 --follow",
      "",
      "A node started by hand in a terminal logs to a file. One whose output goes elsewhere, as",
      "that of a service, logs to its standard error, unless --log-file names a file."
    })
final class LogsCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final NodeFlags node = new NodeFlags();

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      defaultValue = "100",
      description = "How many of the last lines. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with what is being logged, until the node ends.")
  private boolean follow;

  LogsCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.of(spec);
    List<RunFile> meant = node.allOf(context.runFiles());
    if (meant.size() <= 1 || follow) {
      show(node.chosenOf(context.runFiles()), terminal);
      return ExitCodes.OK;
    }
    for (RunFile one : meant) {
      terminal.print("== " + RunFileWords.name(one));
      terminal.print(
          one.logFile() == null
              ? List.of("logs to the terminal or service that it was started from")
              : LogFile.of(Path.of(one.logFile())).lastLines(Math.max(0, lines)));
    }
    return ExitCodes.OK;
  }

  private void show(RunFile chosen, Terminal terminal) throws InterruptedException {
    if (chosen.logFile() == null) {
      throw new NodeStartException(
          "expected a node that logs to a file, found "
              + RunFileWords.name(chosen)
              + ", which logs to the terminal or service it was started from: start it with"
              + " --log-file FILE");
    }
    LogFile log = LogFile.of(Path.of(chosen.logFile()));
    terminal.print(log.lastLines(Math.max(0, lines)));
    if (follow) {
      log.follow(() -> chosen.process().find().isPresent(), terminal::print);
    }
  }
}
