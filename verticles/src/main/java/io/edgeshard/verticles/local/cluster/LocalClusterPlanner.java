package io.edgeshard.verticles.local.cluster;

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

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.network.Addresses;
import io.edgeshard.verticles.local.network.Ports;
import io.edgeshard.verticles.local.network.ServedUrl;
import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lays out a cluster on the loopback interface: names, ports, command lines.
 *
 * <p>Its cluster name is its own, so that two runs on one machine never merge. Flags that the user
 * typed are handed on; environment and configuration file reach the nodes by themselves.
 */
public final class LocalClusterPlanner {
  private static final String LOOPBACK = "127.0.0.1";
  private static final List<Setting<?>> HANDED_TO_ALL =
      List.of(MODEL, MEMORY, THREADS, MACHINE, WATTS, CACHE, TOKEN_FILE, LOG_LEVEL);
  private static final List<Setting<?>> HANDED_TO_FIRST =
      List.of(
          API_KEY_FILE,
          ALLOW_ORIGIN,
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
          REPEAT_PENALTY);

  private final Settings settings;
  private final Map<String, String> typed;
  private final Optional<Path> configFile;
  private final Path stateFolder;
  private final NodeMemory memory;
  private final Set<Integer> takenPorts = new HashSet<>();

  /**
   * A planner of one cluster.
   *
   * @param typed the flags the user typed, by key
   * @param configFile the configuration file the user named
   * @param memory what each node may use, when the user did not say
   */
  public LocalClusterPlanner(
      Settings settings,
      Map<String, String> typed,
      Optional<Path> configFile,
      Path stateFolder,
      NodeMemory memory) {
    this.settings = settings;
    this.typed = Map.copyOf(typed);
    this.configFile = configFile;
    this.stateFolder = stateFolder;
    this.memory = memory;
  }

  /** The plan of a cluster of as many nodes as the first waits for. */
  public LocalClusterPlan plan(NodeConfig firstNode) {
    NodeConfig.Http http = firstNode.http().orElseThrow();
    int nodeCount = firstNode.serving().nodeCount();
    int httpPort = http.port() == 0 ? Ports.anyFree(Addresses.resolve(LOOPBACK)) : http.port();
    takenPorts.add(httpPort);
    long launcher = ProcessHandle.current().pid();
    Map<String, String> common = new LinkedHashMap<>();
    handOn(HANDED_TO_ALL, common);
    memory.bytesOfEach().ifPresent(bytes -> common.put(MEMORY.flag(), Long.toString(bytes)));
    common.put(HOST.flag(), LOOPBACK);
    common.put(CLUSTER_NAME.flag(), "local-" + httpPort + "-" + launcher);
    common.put("--parent-pid", Long.toString(launcher));
    configFile.ifPresent(file -> common.put("--config", file.toAbsolutePath().toString()));
    Path logs = stateFolder.resolve("logs").resolve("local-" + httpPort);
    List<LocalClusterPlan.Node> nodes = new ArrayList<>();
    String first = "";
    for (int i = 0; i < nodeCount; i++) {
      Map<String, String> flags = new LinkedHashMap<>(common);
      String clusterPort = freePort(CLUSTER_PORT, i);
      flags.put(CLUSTER_PORT.flag(), clusterPort);
      flags.put(BUS_PORT.flag(), freePort(BUS_PORT, i));
      List<String> arguments = new ArrayList<>();
      if (i == 0) {
        first = LOOPBACK + ":" + clusterPort;
        firstOnly(nodeCount, http.host(), httpPort, flags);
        arguments.add("start");
      } else {
        arguments.addAll(List.of("join", first));
      }
      nodes.add(node("node-" + (i + 1), logs, arguments, flags));
    }
    return new LocalClusterPlan(
        ServedUrl.of(http.host(), httpPort), RunFolders.ofThisProcess(stateFolder), nodes);
  }

  private void firstOnly(int nodeCount, String httpHost, int httpPort, Map<String, String> flags) {
    handOn(HANDED_TO_FIRST, flags);
    flags.put(NODES.flag(), Integer.toString(nodeCount));
    flags.put(HTTP_HOST.flag(), httpHost);
    flags.put(PORT.flag(), Integer.toString(httpPort));
  }

  private static LocalClusterPlan.Node node(
      String name, Path logs, List<String> arguments, Map<String, String> flags) {
    Path logFile = logs.resolve(name + ".log");
    flags.put(NAME.flag(), name);
    flags.put(LOG_FILE.flag(), logFile.toString());
    flags.forEach((flag, value) -> arguments.add(flag + "=" + value));
    return new LocalClusterPlan.Node(name, arguments, logFile);
  }

  private void handOn(List<Setting<?>> handed, Map<String, String> flags) {
    for (Setting<?> setting : handed) {
      String value = typed.get(setting.key());
      if (value != null) {
        flags.put(setting.flag(), value);
      }
    }
  }

  /**
   * Any free port, since no firewall has to know it and runs that start at the same moment must not
   * meet; unless the user asked for some, which are the first node's, and the next ones the
   * others'.
   */
  private String freePort(Setting<Integer> setting, int node) {
    boolean asked = settings.origin(setting).kind() != Origin.Kind.DEFAULT;
    int wanted = asked ? settings.get(setting) + 2 * node : 0;
    int port = Ports.preferring(wanted, Addresses.resolve(LOOPBACK), takenPorts);
    takenPorts.add(port);
    return Integer.toString(port);
  }
}
