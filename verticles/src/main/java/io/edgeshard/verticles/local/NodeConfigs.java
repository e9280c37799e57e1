package io.edgeshard.verticles.local;

import static io.edgeshard.verticles.settings.NodeSettings.ALLOW_ORIGIN;
import static io.edgeshard.verticles.settings.NodeSettings.ALLOW_SLOWER;
import static io.edgeshard.verticles.settings.NodeSettings.BUS_PORT;
import static io.edgeshard.verticles.settings.NodeSettings.CACHE;
import static io.edgeshard.verticles.settings.NodeSettings.CLUSTER_NAME;
import static io.edgeshard.verticles.settings.NodeSettings.CLUSTER_PORT;
import static io.edgeshard.verticles.settings.NodeSettings.CONTEXT;
import static io.edgeshard.verticles.settings.NodeSettings.EXCLUDE;
import static io.edgeshard.verticles.settings.NodeSettings.HOST;
import static io.edgeshard.verticles.settings.NodeSettings.HTTP_HOST;
import static io.edgeshard.verticles.settings.NodeSettings.JOIN_TIMEOUT;
import static io.edgeshard.verticles.settings.NodeSettings.LAYERS;
import static io.edgeshard.verticles.settings.NodeSettings.MACHINE;
import static io.edgeshard.verticles.settings.NodeSettings.MEMORY;
import static io.edgeshard.verticles.settings.NodeSettings.MIN_P;
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
import static io.edgeshard.verticles.settings.NodeSettings.TOP_K;
import static io.edgeshard.verticles.settings.NodeSettings.TOP_P;
import static io.edgeshard.verticles.settings.NodeSettings.WATTS;
import static io.edgeshard.verticles.settings.NodeSettings.WEIGHTS;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.verticles.config.JoinToken;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.config.PlanningSettings;
import io.edgeshard.verticles.local.network.Addresses;
import io.edgeshard.verticles.local.network.HostName;
import io.edgeshard.verticles.local.network.Ports;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.machine.MachineName;
import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.verticles.settings.Setting;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.SettingsException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a node on this machine runs with: settings completed by facts of the machine. */
public final class NodeConfigs {
  private static final String LOOPBACK = "127.0.0.1";

  private final Settings settings;
  private final RunFiles runFiles;
  private final Secrets tokens;

  /** Those that follow from {@code settings}, beside the nodes that run already. */
  public NodeConfigs(Settings settings, RunFiles runFiles, Secrets tokens) {
    this.settings = settings;
    this.runFiles = runFiles;
    this.tokens = tokens;
  }

  /** The configuration of the first node of a cluster, which serves clients. */
  public NodeConfig first() {
    return first(settings.find(HOST).orElse(LOOPBACK));
  }

  /** The configuration of the first node of a cluster that is closed to other machines. */
  public NodeConfig firstOfLocal() {
    return first(LOOPBACK);
  }

  private NodeConfig first(String listensOn) {
    Addresses.Own host = Addresses.own(settings, HOST, listensOn);
    Addresses.Own http =
        Addresses.ownOrAll(settings, HTTP_HOST, settings.find(HTTP_HOST).orElse(host.text()));
    return node(host, tokens.ofFirst(), Optional.empty(), Optional.of(http(http)));
  }

  private NodeConfig.Http http(Addresses.Own address) {
    return new NodeConfig.Http(
        address.text(),
        settings.get(PORT),
        settings.find(ALLOW_ORIGIN).orElse(Set.of()),
        tokens.apiKeys());
  }

  /** The configuration of a node that joins another. */
  public NodeConfig joining(NodeConfig.Address other) {
    InetAddress there = Addresses.resolve(other.host());
    Addresses.Own host =
        settings
            .find(HOST)
            .map(given -> Addresses.own(settings, HOST, given))
            .orElseGet(() -> Addresses.towards(there, other));
    NodeConfig.Address address = new NodeConfig.Address(there.getHostAddress(), other.port());
    Duration patience = there.isLoopbackAddress() ? settings.get(JOIN_TIMEOUT) : Duration.ZERO;
    return node(host, tokens.ofJoining(patience), Optional.of(address), Optional.empty());
  }

  private NodeConfig node(
      Addresses.Own host,
      JoinToken token,
      Optional<NodeConfig.Address> join,
      Optional<NodeConfig.Http> http) {
    Set<Integer> taken = new HashSet<>();
    http.ifPresent(address -> taken.add(address.port()));
    int clusterPort = port(CLUSTER_PORT, host, join, taken);
    taken.add(clusterPort);
    int busPort = port(BUS_PORT, host, join, taken);
    String clusterName = settings.get(CLUSTER_NAME);
    return new NodeConfig(
        new NodeId(name(clusterName, host)),
        clusterName,
        token,
        host.text(),
        clusterPort,
        busPort,
        join,
        http,
        ModelFile.find(settings, join.isEmpty()),
        settings.get(CACHE),
        shard(),
        serving());
  }

  /**
   * Ports are fixed, so that a firewall can be opened for them; but a second node that joins over
   * the loopback interface, where no firewall is, takes others when nobody asked for these.
   */
  private int port(
      Setting<Integer> setting,
      Addresses.Own host,
      Optional<NodeConfig.Address> join,
      Set<Integer> taken) {
    int port = settings.get(setting);
    boolean asked = settings.origin(setting).kind() != Origin.Kind.DEFAULT;
    if (asked || join.isEmpty() || !host.address().isLoopbackAddress()) {
      return port;
    }
    return Ports.preferring(port, host.address(), taken);
  }

  private String name(String clusterName, Addresses.Own host) {
    Optional<String> given = settings.find(NAME);
    if (given.isPresent()) {
      return given.get();
    }
    String name = HostName.nodeName(host.address());
    String free = name;
    for (int n = 2; runFiles.find(clusterName, free).isPresent(); n++) {
      free = name + "-" + n;
    }
    return free;
  }

  private NodeConfig.ShardSettings shard() {
    OptionalLong memory =
        settings.find(MEMORY).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    return new NodeConfig.ShardSettings(
        settings.get(THREADS),
        memory,
        settings.find(MACHINE).orElseGet(MachineName::ofThisMachine),
        settings.find(WATTS));
  }

  private NodeConfig.ServingSettings serving() {
    List<Integer> layers = settings.find(LAYERS).orElse(List.of());
    int nodes = settings.get(NODES);
    if (!layers.isEmpty() && settings.origin(NODES).kind() == Origin.Kind.DEFAULT) {
      nodes = layers.size();
    }
    if (!layers.isEmpty() && layers.size() > nodes) {
      throw new SettingsException(
          settings.place(LAYERS)
              + ": expected at most "
              + nodes
              + " numbers, one for each node, found "
              + layers.size()
              + ": correct it or "
              + settings.place(NODES));
    }
    return new NodeConfig.ServingSettings(
        settings.get(WEIGHTS),
        nodes,
        layers,
        settings.find(CONTEXT),
        settings.get(SEQUENCES),
        settings.get(QUEUE),
        settings.get(PREFILL_CHUNK),
        planning(),
        new SamplingChoice(
            chosen(TEMPERATURE),
            chosen(TOP_P),
            chosen(TOP_K),
            chosen(MIN_P),
            chosen(REPEAT_PENALTY)));
  }

  /** What a person set, who then knows better than the model's makers. */
  private <T> Optional<T> chosen(Setting<T> setting) {
    return settings.origin(setting).kind() == Origin.Kind.DEFAULT
        ? Optional.empty()
        : settings.find(setting);
  }

  private PlanningSettings planning() {
    return new PlanningSettings(
        settings.get(OBJECTIVE),
        settings.find(PLANNER),
        settings.get(SOURCE_LAYERS),
        settings.find(EXCLUDE).orElse(Set.of()),
        settings.get(ALLOW_SLOWER));
  }
}
