package io.edgeshard.verticles.local;

import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.settings.NodeSettings;
import java.util.Objects;

/** The line that a person types to have a machine join a cluster. */
public final class JoinLine {
  /** What the launcher says that it was called. */
  private static final String COMMAND =
      Objects.requireNonNullElse(System.getenv("EDGESHARD_COMMAND"), "edgeshard");

  private JoinLine() {}

  /** For any machine, as the program is called there. */
  public static String to(NodeConfig first) {
    return "edgeshard " + join(first);
  }

  /**
   * For a machine that was in the cluster.
   *
   * @param here a node of the cluster
   * @param name of its node
   * @param host address of its node
   * @param memoryLimitBytes what it offered
   */
  public static String back(NodeConfig here, String name, String host, long memoryLimitBytes) {
    String command = host.equals(here.host()) ? COMMAND : "edgeshard";
    return "%s %s --name %s --memory %dm"
        .formatted(command, join(here), name, memoryLimitBytes >> 20);
  }

  private static String join(NodeConfig here) {
    String usualPort = NodeSettings.CLUSTER_PORT.defaultText().orElseThrow();
    String usualName = NodeSettings.CLUSTER_NAME.defaultText().orElseThrow();
    NodeConfig.Address address =
        here.join().orElseGet(() -> new NodeConfig.Address(here.host(), here.clusterPort()));
    boolean isUsual = usualPort.equals(Integer.toString(address.port()));
    return "join "
        + (isUsual ? address.host() : address.toString())
        + (here.clusterName().equals(usualName)
            ? ""
            : " " + NodeSettings.CLUSTER_NAME.flag() + " " + here.clusterName());
  }
}
