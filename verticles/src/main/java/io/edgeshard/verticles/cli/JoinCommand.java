package io.edgeshard.verticles.cli;

import static io.edgeshard.verticles.settings.NodeSettings.BUS_PORT;
import static io.edgeshard.verticles.settings.NodeSettings.CACHE;
import static io.edgeshard.verticles.settings.NodeSettings.CLUSTER_NAME;
import static io.edgeshard.verticles.settings.NodeSettings.CLUSTER_PORT;
import static io.edgeshard.verticles.settings.NodeSettings.HOST;
import static io.edgeshard.verticles.settings.NodeSettings.JOIN_TIMEOUT;
import static io.edgeshard.verticles.settings.NodeSettings.LOG_FILE;
import static io.edgeshard.verticles.settings.NodeSettings.LOG_LEVEL;
import static io.edgeshard.verticles.settings.NodeSettings.MACHINE;
import static io.edgeshard.verticles.settings.NodeSettings.MEMORY;
import static io.edgeshard.verticles.settings.NodeSettings.MODEL;
import static io.edgeshard.verticles.settings.NodeSettings.NAME;
import static io.edgeshard.verticles.settings.NodeSettings.THREADS;
import static io.edgeshard.verticles.settings.NodeSettings.TOKEN_FILE;
import static io.edgeshard.verticles.settings.NodeSettings.WATTS;

import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.network.Addresses;
import io.edgeshard.verticles.settings.Setting;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code edgeshard join}: every node of a cluster but the first. */
@Command(
    name = "join",
    description =
        "Add this machine to a cluster: it learns the model and its layers from the others.",
    footer = {
      "",
      "Examples:",
      "  edgeshard join 192.168.1.10",
      "  edgeshard join pi.local:5701 --memory 2g",
      "  edgeshard join 192.168.1.10 --model ~/models/llama.gguf --name attic",
      "",
      "It listens on this machine's address on that network, unless --host names another, and",
      "waits until the node to join is there, so that the order of starting does not matter."
    })
final class JoinCommand implements Callable<Integer> {
  static final List<Setting<?>> SETTINGS =
      List.of(
          MODEL,
          MEMORY,
          THREADS,
          MACHINE,
          WATTS,
          NAME,
          HOST,
          CLUSTER_NAME,
          CLUSTER_PORT,
          BUS_PORT,
          TOKEN_FILE,
          CACHE,
          JOIN_TIMEOUT,
          LOG_LEVEL,
          LOG_FILE);

  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "HOST[:PORT]",
      description = "Any node of the cluster, with its cluster port when that is not 5701.")
  private String other = "";

  @Option(names = "--parent-pid", hidden = true, description = "End when this process has ended.")
  private @Nullable Long parentPid;

  JoinCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    return NodeRun.run(
        context, Terminal.of(spec), parentPid, configs -> configs.joining(Addresses.parse(other)));
  }
}
