package io.edgeshard.web.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change to think about: nothing is put in force.
 *
 * @param objective {@code token-time}, {@code request-time}, {@code throughput} or {@code energy};
 *     null for that of the cluster
 * @param planner who decides, by name; null for the one of the cluster
 * @param add devices of the catalogue to add
 * @param remove nodes to leave out
 * @param links links whose rate changes
 * @param model a model of the catalogue in place of the one served; null for that one
 * @param contextTokens promised context; null for that of the cluster
 * @param sequences promised at once; null for those of the cluster
 * @param promptTokens of the usual request; null for 32
 * @param newTokens of the usual request; null for 96
 * @param allowSlower whether a split is wanted even where one node alone is predicted to be faster;
 *     null for what the cluster wants
 */
public record WhatIf(
    @Nullable String objective,
    @Nullable String planner,
    List<AddedDevice> add,
    List<String> remove,
    List<ChangedLink> links,
    @Nullable String model,
    @Nullable Integer contextTokens,
    @Nullable Integer sequences,
    @Nullable Integer promptTokens,
    @Nullable Integer newTokens,
    @Nullable Boolean allowSlower) {
  public WhatIf {
    add = List.copyOf(add);
    remove = List.copyOf(remove);
    links = List.copyOf(links);
  }

  /** No change at all. */
  public static WhatIf nothing() {
    return wanting(null, null);
  }

  /** The same cluster and model, with something else wanted or somebody else to decide. */
  public static WhatIf wanting(@Nullable String objective, @Nullable String planner) {
    return new WhatIf(
        objective, planner, List.of(), List.of(), List.of(), null, null, null, null, null, null);
  }

  /** The same, with a split wanted even where one node alone is predicted to be faster. */
  public WhatIf allowingSlower() {
    return new WhatIf(
        objective,
        planner,
        add,
        remove,
        links,
        model,
        contextTokens,
        sequences,
        promptTokens,
        newTokens,
        true);
  }

  /** Whether the cluster, its model and what is promised stay as they are. */
  public boolean wishesOnly() {
    return equals(wanting(objective, planner));
  }

  /**
   * A device of the catalogue, joined to every node by equal links.
   *
   * @param device its name in the catalogue
   * @param megabitsPerSecond rate of its links, both ways
   * @param latencyMs latency of its links, both ways
   */
  public record AddedDevice(String device, double megabitsPerSecond, double latencyMs) {}

  /**
   * A link, both ways, that becomes faster or slower.
   *
   * @param from one end
   * @param to the other end
   * @param factor of its rate; 0.5 halves it
   */
  public record ChangedLink(String from, String to, double factor) {}
}
