package io.edgeshard.planner.exact;

import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.Route;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.TimeLimit;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The route with the least time of a request whose prompt is computed in several chunks.
 *
 * <p>Chunks follow each other through the stages, so the slowest stage counts once more for each
 * further chunk. The sum over stages is minimised under a bound on the slowest stage, and the bound
 * lowered step by step; what is found is judged by the prediction itself. No route whose slowest
 * stage lies between two bounds takes less than the least sum under the greater plus the further
 * chunks at the lesser: the least of these is the lower bound.
 */
final class ChunkedSearch {
  private static final double STEP = 0.9;
  private static final int STEPS = 12;

  private final SearchSpace space;
  private final PriceList priceList;
  private final long mostWork;
  private final ToDoubleFunction<Route> requestMs;

  /**
   * A search in one space.
   *
   * @param requestMs the predicted time of a request
   */
  ChunkedSearch(
      SearchSpace space, PriceList priceList, long mostWork, ToDoubleFunction<Route> requestMs) {
    this.space = space;
    this.priceList = priceList;
    this.mostWork = mostWork;
    this.requestMs = requestMs;
  }

  /** The best route found, with a bound. */
  Found search() {
    Prices chunk = priceList.firstChunk();
    Found found = within(space);
    if (found.route().isEmpty()) {
      return found;
    }
    List<Double> withNode = found.withNode();
    int further = priceList.chunkCount() - 1;
    Route best = found.route().get();
    double bestMs = requestMs.applyAsDouble(best);
    double slowest = slowest(chunk, best);
    double lowerBound = found.lowerBound() + further * slowest;
    for (int step = 0; step < STEPS && found.lowerBound() < Double.POSITIVE_INFINITY; step++) {
      found = within(space.withMostLayers(mostLayers(chunk, slowest)));
      boolean isLastStep = step == STEPS - 1;
      slowest = isLastStep ? 0 : slowest * STEP;
      lowerBound = Math.min(lowerBound, found.lowerBound() + further * slowest);
      double ms = found.route().map(requestMs::applyAsDouble).orElse(Double.POSITIVE_INFINITY);
      if (ms < bestMs * (1 - Found.TIE)) {
        best = found.route().orElseThrow();
        bestMs = ms;
      }
    }
    return new Found(Optional.of(best), bestMs, Math.min(lowerBound, bestMs), withNode);
  }

  private Found within(SearchSpace part) {
    return new RouteSearch(part, mostWork)
        .search(priceList.request(), TimeLimit.none(priceList.token()));
  }

  private static double slowest(Prices chunk, Route route) {
    return route.stops().stream()
        .mapToDouble(stop -> chunk.stage(stop.node()) + stop.layers() * chunk.layer(stop.node()))
        .max()
        .orElse(0);
  }

  /** The most layers on each node with which its stage takes no longer. */
  private int[] mostLayers(Prices chunk, double ms) {
    return IntStream.range(0, space.nodeCount())
        .map(node -> (int) Math.floor((ms - chunk.stage(node)) / chunk.layer(node) + Found.TIE))
        .map(most -> Math.max(-1, most))
        .toArray();
  }
}
