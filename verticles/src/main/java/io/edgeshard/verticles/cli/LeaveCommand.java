package io.edgeshard.verticles.cli;

import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.RunFileWords;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.NodeChoice;
import io.edgeshard.verticles.local.NodeEnd;
import io.edgeshard.verticles.local.RunFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgeshard leave}: the end of one node. */
@Command(
    name = "leave",
    description = "Let this machine's node, or one of them, leave its cluster and end.",
    footer = {"", "Examples:", "  edgeshard leave", "  edgeshard leave --name node-2"})
final class LeaveCommand implements Callable<Integer> {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The node that leaves. Default: the only one of this machine.")
  private @Nullable String name;

  @Option(
      names = "--cluster-name",
      paramLabel = "NAME",
      description = "Its cluster, where two nodes of this machine share a name.")
  private @Nullable String clusterName;

  LeaveCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.of(spec);
    RunFile node =
        NodeChoice.of(
            context.runFiles().list(), Optional.ofNullable(clusterName), Optional.ofNullable(name));
    boolean killed = NodeEnd.endAlone(node);
    terminal.print(
        RunFileWords.name(node)
            + (killed ? " did not end in time and was killed" : " has left and ended"));
    return killed ? ExitCodes.FAILED : ExitCodes.OK;
  }
}
