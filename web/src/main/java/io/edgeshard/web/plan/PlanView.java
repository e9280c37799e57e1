package io.edgeshard.web.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan and its explanation. Times are of the usual request, one sequence alone.
 *
 * @param planId the plan's number; 0 for one that is not in force
 * @param planner who made it
 * @param objective what was to be least or most, in words
 * @param source the node that serves clients
 * @param model what is split
 * @param weights how its weights are run
 * @param layerCount decoder layers of the model
 * @param promise what must fit, and the usual request
 * @param nodes every node, those of the plan first, in the order a token passes them
 * @param stages in the order a token passes them; once something was served, predicted for that
 * @param hops one after each stage; the last brings the token back to the source
 * @param links what lies between any two nodes, by name
 * @param predicted what the plan is predicted to give for the usual request
 * @param served what it gave lately; null before anything was served
 * @param bestSingle the best node that could hold the whole model; null when none can
 * @param bound how far the plan may be from the best
 * @param leftOut nodes it does not use, and why
 * @param notes sentences that people should read
 */
public record PlanView(
    long planId,
    String planner,
    String objective,
    String source,
    String model,
    String weights,
    int layerCount,
    Promise promise,
    List<Node> nodes,
    List<Stage> stages,
    List<Hop> hops,
    List<Link> links,
    Figures predicted,
    @Nullable Served served,
    @Nullable Single bestSingle,
    Bound bound,
    List<LeftOut> leftOut,
    List<String> notes) {
  public PlanView {
    nodes = List.copyOf(nodes);
    stages = List.copyOf(stages);
    hops = List.copyOf(hops);
    links = List.copyOf(links);
    leftOut = List.copyOf(leftOut);
    notes = List.copyOf(notes);
  }

  /**
   * What was served, one sequence alone, beside what was predicted for requests of that length.
   *
   * @param promptTokens of a request
   * @param newTokens of a request
   * @param predicted for them
   * @param measured medians of the latest
   */
  public record Served(int promptTokens, int newTokens, Figures predicted, Figures measured) {}

  /**
   * What must fit, and the request that predictions are made for.
   *
   * @param contextTokens promised to each sequence
   * @param sequences promised at once
   * @param promptTokens of the usual request
   * @param newTokens of the usual request
   */
  public record Promise(int contextTokens, int sequences, int promptTokens, int newTokens) {}

  /**
   * A node as it was measured.
   *
   * @param id its name
   * @param machine what it runs on
   * @param cores of its machine; 0 where that is not known
   * @param usableBytes memory it may use
   * @param memory what the plan takes on it; null when it is left out
   * @param decodeLayerMs one decoder layer in a decode step
   * @param prefillLayerMs one decoder layer for the usual request's prompt
   */
  public record Node(
      String id,
      String machine,
      int cores,
      long usableBytes,
      @Nullable MemoryView memory,
      double decodeLayerMs,
      double prefillLayerMs) {}

  /**
   * A stage.
   *
   * @param node who runs it
   * @param layerStart first decoder layer
   * @param layerEnd layer after the last
   * @param embedding whether it also holds the embedding
   * @param head whether it also holds the output head
   * @param decodeMs predicted for a decode step
   * @param prefillMs predicted for the usual request's prompt
   * @param measuredDecodeMs what a decode step took lately; null before anything was served
   */
  public record Stage(
      String node,
      int layerStart,
      int layerEnd,
      boolean embedding,
      boolean head,
      double decodeMs,
      double prefillMs,
      @Nullable Double measuredDecodeMs) {}

  /**
   * A hop.
   *
   * @param from sender
   * @param to receiver
   * @param decodeMs predicted for a decode step
   * @param prefillMs predicted for the usual request's prompt
   * @param measuredDecodeMs what a decode step took lately; null before anything was served
   */
  public record Hop(
      String from,
      String to,
      double decodeMs,
      double prefillMs,
      @Nullable Double measuredDecodeMs) {}

  /**
   * A link, one way.
   *
   * @param from sender
   * @param to receiver
   * @param latencyMs of a message of no length
   * @param megabitsPerSecond its rate
   */
  public record Link(String from, String to, double latencyMs, double megabitsPerSecond) {}

  /**
   * What a client gets.
   *
   * @param ttftMs time to the first token
   * @param tokenMs time per further token
   * @param tokensPerSecond one sequence alone
   * @param joulesPerToken null where a node's draw is not known
   */
  public record Figures(
      double ttftMs, double tokenMs, double tokensPerSecond, @Nullable Double joulesPerToken) {}

  /**
   * The best single node.
   *
   * @param node which
   * @param predicted what it would give
   */
  public record Single(String node, Figures predicted) {}

  /**
   * How far the plan may be from the best.
   *
   * @param value of the objective, less is better
   * @param lowerBound no plan gives less
   * @param gapPercent how much worse than the bound; 0 is proven best, null where nothing is proven
   */
  public record Bound(double value, double lowerBound, @Nullable Double gapPercent) {}

  /**
   * A node that is not used.
   *
   * @param node which
   * @param reason one sentence
   */
  public record LeftOut(String node, String reason) {}
}
