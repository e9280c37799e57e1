package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.RunFileWords;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.NodeEnd;
import io.edgeshard.verticles.local.runfile.RunFile;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code edgeshard leave}: the end of one node. */
@Command(
    name = "leave",
    description = "Let this machine's node, or one of them, leave its cluster and end.",
    footer = {"", "Examples:", "  edgeshard leave", "  edgeshard leave --name node-2"})
final class LeaveCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final NodeFlags node = new NodeFlags();

  LeaveCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.of(spec);
    RunFile chosen = node.chosenOf(context.runFiles());
    boolean killed = NodeEnd.endAlone(chosen);
    terminal.print(
        RunFileWords.name(chosen)
            + (killed ? " did not end in time and was killed" : " has left and ended"));
    return killed ? ExitCodes.FAILED : ExitCodes.OK;
  }
}
