package io.edgeshard.planner.choice;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.baseline.CloudEdgeEven;
import io.edgeshard.planner.baseline.CloudEdgeOpt;
import io.edgeshard.planner.baseline.EdgeShardEven;
import io.edgeshard.planner.baseline.EdgeSolo;
import io.edgeshard.planner.published.PublishedLatencyPlanner;
import io.edgeshard.planner.published.PublishedThroughputPlanner;
import io.edgeshard.planner.throughput.ThroughputPlanner;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The planners that people may ask for by name, as on a command line. */
public final class NamedPlanners {
  private static final Map<String, Planner> PLANNERS = new LinkedHashMap<>();

  static {
    PLANNERS.put(ObjectivePlanner.NAME, new ObjectivePlanner());
    PLANNERS.put(PublishedLatencyPlanner.NAME, new PublishedLatencyPlanner());
    PLANNERS.put(PublishedThroughputPlanner.NAME, new PublishedThroughputPlanner());
    PLANNERS.put(ThroughputPlanner.NAME, new ThroughputPlanner());
    PLANNERS.put(EdgeSolo.NAME, new EdgeSolo());
    PLANNERS.put(CloudEdgeEven.NAME, new CloudEdgeEven());
    PLANNERS.put(CloudEdgeOpt.NAME, new CloudEdgeOpt());
    PLANNERS.put(EdgeShardEven.NAME, new EdgeShardEven());
  }

  private NamedPlanners() {}

  /** The planner of a name, if there is one. */
  public static Optional<Planner> find(String name) {
    return Optional.ofNullable(PLANNERS.get(name));
  }

  /** All names, the usual ones first. */
  public static List<String> names() {
    return List.copyOf(PLANNERS.keySet());
  }
}
