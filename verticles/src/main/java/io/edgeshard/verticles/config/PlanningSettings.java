package io.edgeshard.verticles.config;

import io.edgeshard.planner.cluster.NodeId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How the cluster's plan is made; only the first node's counts.
 *
 * @param objective what is to be least or most
 * @param planner who decides, by name; empty means the one of the objective
 * @param sourceLayers how many of the first decoder layers the source runs itself, 0 or more
 * @param excluded nodes that must not take part
 * @param slowerAllowed whether a split that is predicted slower than the best single node is wanted
 *     all the same
 */
public record PlanningSettings(
    Aim objective,
    Optional<String> planner,
    int sourceLayers,
    Set<NodeId> excluded,
    boolean slowerAllowed) {
  /** The plan with the least time per token. */
  public static final PlanningSettings USUAL =
      new PlanningSettings(Aim.TOKEN_TIME, Optional.empty(), 0, Set.of(), false);

  public PlanningSettings {
    excluded = Set.copyOf(excluded);
    if (sourceLayers < 0) {
      throw new IllegalArgumentException(
          "expected 0 or more layers on the first node, found " + sourceLayers);
    }
  }

  /** What is to be least or most. */
  public enum Aim {
    /** Least time per token of one chat. */
    TOKEN_TIME,
    /** Least time for a whole request. */
    REQUEST_TIME,
    /** Most tokens per second of all chats together. */
    THROUGHPUT,
    /** Least energy per token. */
    ENERGY;

    /** The name used on the command line. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The aim of a {@link #label()}. */
    public static Aim ofLabel(String label) {
      return Arrays.stream(values())
          .filter(aim -> aim.label().equals(label))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "expected one of token-time, request-time, throughput or energy, found '%s'"
                          .formatted(label)));
    }
  }
}
