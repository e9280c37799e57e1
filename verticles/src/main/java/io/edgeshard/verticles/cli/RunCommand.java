package io.edgeshard.verticles.cli;

import static io.edgeshard.verticles.settings.NodeSettings.ALLOW_ORIGIN;
import static io.edgeshard.verticles.settings.NodeSettings.ALLOW_SLOWER;
import static io.edgeshard.verticles.settings.NodeSettings.API_KEY_FILE;
import static io.edgeshard.verticles.settings.NodeSettings.BUS_PORT;
import static io.edgeshard.verticles.settings.NodeSettings.CACHE;
import static io.edgeshard.verticles.settings.NodeSettings.CLUSTER_PORT;
import static io.edgeshard.verticles.settings.NodeSettings.CONTEXT;
import static io.edgeshard.verticles.settings.NodeSettings.EXCLUDE;
import static io.edgeshard.verticles.settings.NodeSettings.HTTP_HOST;
import static io.edgeshard.verticles.settings.NodeSettings.LAYERS;
import static io.edgeshard.verticles.settings.NodeSettings.LOG_LEVEL;
import static io.edgeshard.verticles.settings.NodeSettings.MACHINE;
import static io.edgeshard.verticles.settings.NodeSettings.MEMORY;
import static io.edgeshard.verticles.settings.NodeSettings.MIN_P;
import static io.edgeshard.verticles.settings.NodeSettings.MODEL;
import static io.edgeshard.verticles.settings.NodeSettings.NODES;
import static io.edgeshard.verticles.settings.NodeSettings.OBJECTIVE;
import static io.edgeshard.verticles.settings.NodeSettings.PLANNER;
import static io.edgeshard.verticles.settings.NodeSettings.PORT;
import static io.edgeshard.verticles.settings.NodeSettings.PREFILL_CHUNK;
import static io.edgeshard.verticles.settings.NodeSettings.QUEUE;
import static io.edgeshard.verticles.settings.NodeSettings.READY_TIMEOUT;
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

import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.verticles.cli.plan.PlanInForce;
import io.edgeshard.verticles.cli.terminal.ClusterTalk;
import io.edgeshard.verticles.cli.terminal.ClusterWords;
import io.edgeshard.verticles.cli.terminal.ExitCodes;
import io.edgeshard.verticles.cli.terminal.Paragraph;
import io.edgeshard.verticles.cli.terminal.SettingFlags;
import io.edgeshard.verticles.cli.terminal.Terminal;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.Look;
import io.edgeshard.verticles.local.PortCheck;
import io.edgeshard.verticles.local.cluster.Browser;
import io.edgeshard.verticles.local.cluster.LocalCluster;
import io.edgeshard.verticles.local.cluster.LocalClusterPlan;
import io.edgeshard.verticles.local.cluster.LocalClusterPlanner;
import io.edgeshard.verticles.local.cluster.NodeMemory;
import io.edgeshard.verticles.machine.HostMemory;
import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.web.status.ClusterStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code edgeshard run}: a whole cluster on this machine. */
@Command(
    name = "run",
    description = "Run several nodes on this machine, each a process of its own, as one cluster.",
    footer = {
      "",
      "Examples:",
      "  edgeshard run",
      "  edgeshard run --nodes 2 --port 9000 --no-browser",
      "  edgeshard run --model llama.gguf --weights exact --layers 10,10,12",
      "",
      "Ctrl-C ends all of them. Every node computes with all cores, since the stages of a chat",
      "take turns; their cluster is closed to other machines."
    })
final class RunCommand implements Callable<Integer> {
  static final Map<Setting<?>, String> DEFAULTS = Map.of(NODES, "3");
  static final List<Setting<?>> SETTINGS =
      List.of(
          NODES,
          PORT,
          MODEL,
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
          HTTP_HOST,
          API_KEY_FILE,
          ALLOW_ORIGIN,
          CLUSTER_PORT,
          BUS_PORT,
          TOKEN_FILE,
          CACHE,
          READY_TIMEOUT,
          LOG_LEVEL);

  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--no-browser", description = "Do not open the chat page in a browser.")
  private boolean noBrowser;

  RunCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.of(spec);
    Settings settings = context.settings(terminal.parsed(), DEFAULTS);
    LocalClusterPlan plan = plan(terminal, settings);
    long start = System.nanoTime();
    try (LocalCluster cluster = new LocalCluster(plan)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster, terminal), "cluster-end"));
      terminal.print("starting " + plan.nodes().size() + " nodes on this machine");
      cluster.launch();
      ClusterStatus status =
          cluster.awaitReady(settings.get(READY_TIMEOUT), reason -> terminal.print("  " + reason));
      announce(terminal, plan, status, System.nanoTime() - start);
      return cluster.awaitEnd(terminal::print, look(plan.url(), terminal)) == ExitCodes.OK
          ? ExitCodes.OK
          : ExitCodes.FAILED;
    }
  }

  /** What is told of the cluster while it runs, where a person reads it. */
  private static Look look(String url, Terminal terminal) {
    return Terminal.isRead()
        ? NodeRun.ofServing(url, ClusterTalk.ofReady(url, () -> PlanInForce.summary(url)), terminal)
        : () -> {};
  }

  private LocalClusterPlan plan(Terminal terminal, Settings settings) {
    NodeConfig first = context.nodeConfigs(settings).firstOfLocal();
    new PortCheck(first, settings, context.runFiles()).checkHttp();
    NodeMemory memory = memory(first, settings);
    if (!memory.reason().isEmpty()) {
      terminal.print(Paragraph.of("", memory.reason()));
    }
    return new LocalClusterPlanner(
            settings,
            SettingFlags.typed(terminal.parsed()),
            SettingFlags.config(terminal.parsed()),
            context.folders().state(),
            memory)
        .plan(first);
  }

  /** A cap that makes a split necessary, unless the user named a cap, a split or one node. */
  private static NodeMemory memory(NodeConfig first, Settings settings) {
    int nodes = first.serving().nodeCount();
    if (settings.origin(MEMORY).kind() != Origin.Kind.DEFAULT || nodes == 1) {
      return NodeMemory.asFound();
    }
    if (!first.serving().layers().isEmpty()) {
      return NodeMemory.share(nodes, HostMemory.usableBytes());
    }
    try (Checkpoint checkpoint = Checkpoint.open(first.model().orElseThrow())) {
      return NodeMemory.forcingSplit(first.serving(), checkpoint.spec(), HostMemory.usableBytes());
    }
  }

  private void announce(
      Terminal terminal, LocalClusterPlan plan, ClusterStatus status, long tookNanos)
      throws InterruptedException {
    terminal.print(explanation(plan, status));
    terminal.print(
        "%s answers, %.1f s after the start; Ctrl-C ends it"
            .formatted(plan.url(), tookNanos / (double) TimeUnit.SECONDS.toNanos(1)));
    if (Terminal.isRead()) {
      terminal.print(
          "'edgeshard logs' shows what the nodes log, in "
              + plan.nodes().get(0).logFile().getParent());
    }
    if (!noBrowser) {
      Browser.open(plan.url(), context.environment());
    }
  }

  /** The plan with its reasons; the bare table of shards where no reasons are to be had. */
  private static List<String> explanation(LocalClusterPlan plan, ClusterStatus status)
      throws InterruptedException {
    List<String> reasons = PlanInForce.explained(plan.url());
    return reasons.isEmpty() ? ClusterWords.of(status) : reasons;
  }

  private static void end(LocalCluster cluster, Terminal terminal) {
    if (cluster.end()) {
      terminal.print("all nodes have ended");
    }
  }
}
