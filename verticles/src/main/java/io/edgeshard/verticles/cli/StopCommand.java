package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.RunFileWords;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.NodeEnd;
import io.edgeshard.verticles.local.runfile.RunFile;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edgeshard stop}: the end of all nodes of this user on this machine. */
@Command(
    name = "stop",
    description = "End all nodes of this user on this machine, in order.",
    footer = {"", "Examples:", "  edgeshard stop"})
final class StopCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  StopCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.of(spec);
    List<RunFile> running = context.runFiles().list();
    if (running.isEmpty()) {
      terminal.print("no node of this user runs on this machine");
      return ExitCodes.OK;
    }
    List<RunFile> killed = NodeEnd.end(running);
    for (RunFile node : running) {
      String how = killed.contains(node) ? "killed, since it did not end in time: " : "ended ";
      terminal.print(how + RunFileWords.name(node));
    }
    context.runFiles().list();
    return killed.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
  }
}
