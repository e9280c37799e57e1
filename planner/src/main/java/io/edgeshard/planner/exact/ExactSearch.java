package io.edgeshard.planner.exact;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.PlanPredictor;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.PipelineMode;
import io.edgeshard.planner.plan.PlanPrediction;
import io.edgeshard.planner.plan.ShardPlan;
import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.Route;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.TimeLimit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The door of the exact planner: the best plan for one sequence at a time, and the proof. */
public final class ExactSearch {
  private static final long MOST_WORK = 4_000_000;
  private static final long LITTLE_WORK = 200_000;

  private final PlanningRequest request;
  private final SearchSpace space;
  private final PriceList priceList;
  private final RouteSearch routes;
  private final long mostWork;

  /** A search for one question, whose nodes must all be known. */
  public ExactSearch(PlanningRequest request) {
    this(request, MOST_WORK);
  }

  private ExactSearch(PlanningRequest request, long mostWork) {
    this.mostWork = mostWork;
    this.request = request;
    this.space = new SearchSpace(request);
    this.priceList = new PriceList(request, space);
    this.routes = new RouteSearch(space, mostWork);
  }

  /** The best plan found, or none; with what is proven. */
  public ExactResult search() {
    TimeLimit unlimited = TimeLimit.none(priceList.token());
    if (request.objective() instanceof Objective.LeastEnergyPerToken energy) {
      double limitMs = energy.maxTokenMs().orElse(Double.POSITIVE_INFINITY);
      TimeLimit limit = new TimeLimit(priceList.token(), limitMs);
      return result(new EnergySearch(space, priceList, limit, mostWork).search());
    }
    if (!(request.objective() instanceof Objective.LeastRequestTime)) {
      return result(routes.search(priceList.token(), unlimited));
    }
    return priceList.chunkCount() == 1
        ? result(routes.search(priceList.request(), unlimited))
        : result(new ChunkedSearch(space, priceList, mostWork, this::requestMs).search());
  }

  private double requestMs(Route route) {
    PlanPrediction prediction =
        new PlanPredictor(request).predict(plan(route), Batching.ONE, PipelineMode.NO_BUBBLES);
    return prediction.requestMs(request.typical().newTokens());
  }

  /** Whether there is a plan at all, as far as little work tells. */
  public static boolean hasPlan(PlanningRequest request) {
    boolean isLimited =
        request.objective() instanceof Objective.LeastEnergyPerToken energy
            && energy.maxTokenMs().isPresent();
    PlanningRequest easier =
        isLimited ? request : request.withObjective(new Objective.LeastTokenTime());
    return new ExactSearch(easier, LITTLE_WORK).search().plan().isPresent();
  }

  private ExactResult result(Found found) {
    Map<NodeId, Double> withNode = new TreeMap<>();
    for (int node = 0; node < space.nodeCount(); node++) {
      withNode.put(space.node(node), found.withNode().get(node));
    }
    return new ExactResult(found.route().map(this::plan), found.lowerBound(), withNode);
  }

  private ShardPlan plan(Route route) {
    List<NodeId> nodes = route.stops().stream().map(stop -> space.node(stop.node())).toList();
    int[] counts = route.stops().stream().mapToInt(Route.Stop::layers).toArray();
    return new PlanRules(request).plan(nodes, counts);
  }
}
