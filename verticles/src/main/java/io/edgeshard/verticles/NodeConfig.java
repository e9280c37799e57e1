package io.edgeshard.verticles;

import io.edgeshard.planner.NodeId;
import io.edgeshard.planner.model.WeightType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything a node's process needs to know, validated once.
 *
 * @param node its name, unique in the cluster
 * @param clusterName nodes of another name are not talked to
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
    String host,
    int clusterPort,
    int busPort,
    Optional<Address> join,
    Optional<Http> http,
    Optional<Path> model,
    Path cacheFolder,
    ShardSettings shard,
    ServingSettings serving) {

  /**
   * A host and a port.
   *
   * @param host name or address
   * @param port 1 to 65535
   */
  public record Address(String host, int port) {
    public Address {
      if (port < 1 || port > 65535) {
        throw new IllegalArgumentException("expected a port of 1 to 65535, found " + port);
      }
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
   */
  public record Http(String host, int port) {}

  /**
   * How this node runs its part of a model.
   *
   * @param threads of ONNX Runtime within an operator
   * @param memoryLimitBytes the most it may use for a shard; empty means what is free less
   *     head-room
   */
  public record ShardSettings(int threads, OptionalLong memoryLimitBytes) {}

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
   */
  public record ServingSettings(
      WeightType weights,
      int nodeCount,
      List<Integer> layers,
      Optional<Integer> contextTokens,
      int sequences,
      int queuedSequences,
      int prefillChunkTokens) {
    public ServingSettings {
      layers = List.copyOf(layers);
    }
  }
}
