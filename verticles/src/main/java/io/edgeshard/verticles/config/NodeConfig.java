package io.edgeshard.verticles.config;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.sampling.SamplingChoice;
import io.edgeshard.web.guard.ApiKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Everything a node's process needs to know, validated once. Whether its ports are free, and differ
 * from each other, is checked where they were set.
 *
 * @param node its name, unique in the cluster
 * @param clusterName nodes of another name are not talked to
 * @param joinToken what proves that a node belongs to the cluster
 * @param host the address that cluster and bus listen on
 * @param clusterPort Hazelcast's port
 * @param busPort the event bus's port
 * @param join the node to join; empty for the first node of a cluster
 * @param http where clients are served; empty for a node that serves none
 * @param model the model file: for the first node the one to serve, for a joining node where to
 *     look before the cache folder
 * @param cacheFolder where models are kept and looked for, in a folder of it
 * @param shard how this node runs its part
 * @param serving what the cluster promises its clients; only the first node's counts
 */
public record NodeConfig(
    NodeId node,
    String clusterName,
    JoinToken joinToken,
    String host,
    int clusterPort,
    int busPort,
    Optional<Address> join,
    Optional<Http> http,
    Optional<Path> model,
    Path cacheFolder,
    ShardSettings shard,
    ServingSettings serving) {
  private static final int LAST_PORT = 65_535;

  public NodeConfig {
    expectText("cluster name", clusterName);
    expectText("host", host);
    expectInRange("cluster port", clusterPort, 1, LAST_PORT);
    expectInRange("bus port", busPort, 1, LAST_PORT);
    expect(
        join.isPresent() || model.isPresent(),
        "a model for the first node: name one with --model",
        "none");
    expect(
        join.isPresent() || http.isPresent(),
        "an HTTP address for the first node, which serves clients",
        "none");
  }

  /**
   * A host and a port.
   *
   * @param host name or address
   * @param port 1 to 65535
   */
  public record Address(String host, int port) {
    public Address {
      expectText("host", host);
      expectInRange("port", port, 1, LAST_PORT);
    }

    @Override
    public String toString() {
      return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
  }

  /**
   * Where clients are served.
   *
   * @param host address to listen on
   * @param port 0 takes any free port
   * @param origins whose pages may use the API besides this server's own
   * @param keys what clients must show
   */
  public record Http(String host, int port, Set<String> origins, ApiKeys keys) {
    /** Without other origins and keys. */
    public Http(String host, int port) {
      this(host, port, Set.of(), ApiKeys.NONE);
    }

    public Http {
      origins = Set.copyOf(origins);
      expectText("host to serve on", host);
      expectInRange("port to serve on", port, 0, LAST_PORT);
    }
  }

  /**
   * How this node runs its part of a model.
   *
   * @param threads of ONNX Runtime within an operator
   * @param memoryLimitBytes the most it may use for a shard; empty means what is free less
   *     head-room
   * @param machine what the machine is called; nodes of one machine share its cores and memory
   * @param power what the machine draws; empty where nobody said
   */
  public record ShardSettings(
      int threads, OptionalLong memoryLimitBytes, String machine, Optional<PowerDraw> power) {
    public ShardSettings {
      expectInRange("number of threads", threads, 1, Integer.MAX_VALUE);
      expectText("name of the machine", machine);
      memoryLimitBytes.ifPresent(
          bytes -> expectInRange("memory limit in bytes", bytes, 1, Long.MAX_VALUE));
    }
  }

  /**
   * What the cluster promises its clients.
   *
   * @param weights how the weights are run, on every node
   * @param nodeCount how many nodes to wait for before planning
   * @param layers how many layers each stage gets, by hand, the first node's first; empty lets the
   *     planner decide
   * @param contextTokens the context promised to each sequence, prompt and answer together; empty
   *     means what the model was trained for, at most 4096
   * @param sequences how many sequences are served at once
   * @param queuedSequences how many more may wait
   * @param prefillChunkTokens the most prompt tokens computed in one step
   * @param planning how the plan is made
   * @param sampling how tokens are chosen where a request says nothing, as far as a person set it
   */
  public record ServingSettings(
      WeightType weights,
      int nodeCount,
      List<Integer> layers,
      Optional<Integer> contextTokens,
      int sequences,
      int queuedSequences,
      int prefillChunkTokens,
      PlanningSettings planning,
      SamplingChoice sampling) {
    private static final int USUAL_CONTEXT = 4096;

    public ServingSettings {
      layers = List.copyOf(layers);
      expectInRange("number of nodes", nodeCount, 1, Integer.MAX_VALUE);
      expectInRange("number of stages with layers by hand", layers.size(), 0, nodeCount);
      layers.forEach(count -> expectInRange("number of layers", count, 1, Integer.MAX_VALUE));
      contextTokens.ifPresent(
          tokens -> expectInRange("context in tokens", tokens, 1, Integer.MAX_VALUE));
      expectInRange("number of sequences", sequences, 1, Integer.MAX_VALUE);
      expectInRange("number of waiting sequences", queuedSequences, 0, Integer.MAX_VALUE);
      expectInRange("prefill chunk in tokens", prefillChunkTokens, 1, Integer.MAX_VALUE);
    }

    /** The promise for a model: what was asked, else what it was trained for, at most 4096. */
    public Workload workload(ModelSpec model) {
      return new Workload(
          contextTokens.orElse(Math.min(model.contextLength(), USUAL_CONTEXT)),
          sequences,
          prefillChunkTokens);
    }
  }

  /** Where what the nodes of this machine measured is kept; they take turns there. */
  public Path profileFolder() {
    return cacheFolder.resolve("profiles");
  }

  private static void expectText(String what, String text) {
    expect(!text.isBlank(), "a " + what, "'" + text + "'");
  }

  private static void expectInRange(String what, long value, long least, long most) {
    expect(
        least <= value && value <= most, "a %s of %s".formatted(what, range(least, most)), value);
  }

  private static String range(long least, long most) {
    return most >= Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
  }

  private static void expect(boolean holds, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException("expected " + expected + ", found " + found);
    }
  }
}
