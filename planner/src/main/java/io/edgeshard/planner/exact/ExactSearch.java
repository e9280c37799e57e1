package io.edgeshard.planner.exact;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Objective;
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
  private static final int MOST_LABELS = 300_000;

  private final PlanningRequest request;
  private final SearchSpace space;
  private final PriceList priceList;
  private final RouteSearch routes;

  /** A search for one question, whose nodes must all be known. */
  public ExactSearch(PlanningRequest request) {
    this.request = request;
    this.space = new SearchSpace(request);
    this.priceList = new PriceList(request, space);
    this.routes = new RouteSearch(space, MOST_LABELS);
  }

  /** The best plan found, or none; with what is proven. */
  public ExactResult search() {
    TimeLimit unlimited = TimeLimit.none(priceList.token());
    if (request.objective() instanceof Objective.LeastEnergyPerToken energy) {
      double limitMs = energy.maxTokenMs().orElse(Double.POSITIVE_INFINITY);
      TimeLimit limit = new TimeLimit(priceList.token(), limitMs);
      return result(new EnergySearch(space, priceList, limit, MOST_LABELS).search());
    }
    return request.objective() instanceof Objective.LeastRequestTime
        ? result(routes.search(priceList.request(), unlimited))
        : result(routes.search(priceList.token(), unlimited));
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
