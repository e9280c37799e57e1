package io.edgeshard.web.status;

import java.util.List;

/**
 * How the cluster is.
 *
 * @param ready whether a request would be answered
 * @param reason when not ready, one sentence that says why; when ready, empty
 * @param model the model served; empty while none is known
 * @param weights how its weights are run
 * @param planId the plan in force; 0 for none
 * @param layerCount decoder layers of the model
 * @param nodes all known nodes, those of the plan first, in the order a token passes them
 * @param steps how many steps have gone through the pipeline so far: it moves while tokens pass
 * @param refused processes that came into the cluster and are not used
 * @param losses nodes that took the plan out of force by leaving; empty once another is in force
 * @param doing what is being done while no plan is in force; empty when there is nothing to do
 */
public record ClusterStatus(
    boolean ready,
    String reason,
    String model,
    String weights,
    long planId,
    int layerCount,
    List<Node> nodes,
    long steps,
    List<Refused> refused,
    List<Loss> losses,
    String doing) {
  public ClusterStatus {
    losses = List.copyOf(losses);
    refused = List.copyOf(refused);
    nodes = List.copyOf(nodes);
  }

  /**
   * A process that is not used.
   *
   * @param node the name that it gave itself
   * @param host the address that it gave
   * @param reason why, in words that follow "is not used:"
   */
  public record Refused(String node, String host, String reason) {}

  /**
   * A node that is gone.
   *
   * @param node its name
   * @param host the address that it had
   * @param bringBack the line to type on its machine, which brings it back
   */
  public record Loss(String node, String host, String bringBack) {}

  /**
   * A node.
   *
   * @param id its name
   * @param state {@code ready}, {@code loading}, {@code waiting} (it keeps its layers until a plan
   *     is in force), {@code silent}, {@code lost}, {@code spare}
   * @param layerStart first layer it holds
   * @param layerEnd layer after its last; equal to the start when it holds none
   * @param embedding whether it holds the embedding
   * @param head whether it holds the output head
   * @param memoryPlannedBytes what its share was computed to take
   * @param memoryUsedBytes what its process takes
   * @param memoryLimitBytes what it may use
   */
  public record Node(
      String id,
      String state,
      int layerStart,
      int layerEnd,
      boolean embedding,
      boolean head,
      long memoryPlannedBytes,
      long memoryUsedBytes,
      long memoryLimitBytes) {}
}
