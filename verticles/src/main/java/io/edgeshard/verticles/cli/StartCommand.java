package io.edgeshard.verticles.cli;

import static io.edgeshard.verticles.settings.NodeSettings.ALLOW_ORIGIN;
import static io.edgeshard.verticles.settings.NodeSettings.ALLOW_SLOWER;
import static io.edgeshard.verticles.settings.NodeSettings.API_KEY_FILE;
import static io.edgeshard.verticles.settings.NodeSettings.BUS_PORT;
import static io.edgeshard.verticles.settings.NodeSettings.CACHE;
import static io.edgeshard.verticles.settings.NodeSettings.CLUSTER_NAME;
import static io.edgeshard.verticles.settings.NodeSettings.CLUSTER_PORT;
import static io.edgeshard.verticles.settings.NodeSettings.CONTEXT;
import static io.edgeshard.verticles.settings.NodeSettings.EXCLUDE;
import static io.edgeshard.verticles.settings.NodeSettings.HOST;
import static io.edgeshard.verticles.settings.NodeSettings.HTTP_HOST;
import static io.edgeshard.verticles.settings.NodeSettings.LAYERS;
import static io.edgeshard.verticles.settings.NodeSettings.LOG_FILE;
import static io.edgeshard.verticles.settings.NodeSettings.LOG_LEVEL;
import static io.edgeshard.verticles.settings.NodeSettings.MACHINE;
import static io.edgeshard.verticles.settings.NodeSettings.MEMORY;
import static io.edgeshard.verticles.settings.NodeSettings.MIN_P;
import static io.edgeshard.verticles.settings.NodeSettings.MODEL;
import static io.edgeshard.verticles.settings.NodeSettings.NAME;
import static io.edgeshard.verticles.settings.NodeSettings.NODES;
import static io.edgeshard.verticles.settings.NodeSettings.OBJECTIVE;
import static io.edgeshard.verticles.settings.NodeSettings.PLANNER;
import static io.edgeshard.verticles.settings.NodeSettings.PORT;
import static io.edgeshard.verticles.settings.NodeSettings.PREFILL_CHUNK;
import static io.edgeshard.verticles.settings.NodeSettings.QUEUE;
import static io.edgeshard.verticles.settings.NodeSettings.REPEAT_PENALTY;
import static io.edgeshard.verticles.settings.NodeSettings.SEQUENCES;
import static io.edgeshard.verticles.settings.NodeSettings.SOURCE_LAYERS;
import static io.edgeshard.verticles.settings.NodeSettings.TEMPERATURE;
import static io.edgeshard.verticles.settings.NodeSettings.THREADS;
import static io.edgeshard.verticles.settings.NodeSettings.TOKEN_FILE;
import static io.edgeshard.verticles.settings.NodeSettings.TOP_K;
import static io.edgeshard.verticles.settings.NodeSettings.TOP_P;
import static io.edgeshard.verticles.settings.NodeSettings.WATTS;
import static io.edgeshard.verticles.settings.NodeSettings.WEIGHTS;

import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.local.NodeConfigs;
import io.edgeshard.verticles.settings.Setting;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgeshard start}: the first node of a cluster. */
@Command(
    name = "start",
    description = "Start the first node of a cluster: it names the model and serves HTTP.",
    footer = {
      "",
      "Examples:",
      "  edgeshard start                            alone, on this machine only",
      "  edgeshard start --host 192.168.1.10 --nodes 3",
      "                                             open to others, split over three machines",
      "  edgeshard start --model llama.gguf --weights exact --layers 10,6",
      "",
      "It listens on 127.0.0.1 only, unless --host opens it."
    })
final class StartCommand implements Callable<Integer> {
  static final List<Setting<?>> SETTINGS =
      List.of(
          MODEL,
          HOST,
          PORT,
          NODES,
          WEIGHTS,
          LAYERS,
          OBJECTIVE,
          PLANNER,
          SOURCE_LAYERS,
          EXCLUDE,
          ALLOW_SLOWER,
          CONTEXT,
          SEQUENCES,
          QUEUE,
          PREFILL_CHUNK,
          TEMPERATURE,
          TOP_P,
          TOP_K,
          MIN_P,
          REPEAT_PENALTY,
          MEMORY,
          THREADS,
          MACHINE,
          WATTS,
          NAME,
          CLUSTER_NAME,
          CLUSTER_PORT,
          BUS_PORT,
          TOKEN_FILE,
          HTTP_HOST,
          API_KEY_FILE,
          ALLOW_ORIGIN,
          CACHE,
          LOG_LEVEL,
          LOG_FILE);

  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--parent-pid", hidden = true, description = "End when this process has ended.")
  private @Nullable Long parentPid;

  StartCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    return NodeRun.run(context, Terminal.of(spec), parentPid, NodeConfigs::first);
  }
}
