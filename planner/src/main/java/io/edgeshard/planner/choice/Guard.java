package io.edgeshard.planner.choice;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Planned;
import io.edgeshard.planner.cost.ObjectiveValue;
import io.edgeshard.planner.explain.Explainer;
import io.edgeshard.planner.explain.SingleNodes;
import io.edgeshard.planner.explain.Verdict;
import io.edgeshard.planner.goal.Batching;
import io.edgeshard.planner.goal.PipelineMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps a split that is predicted worse than the best single node from being chosen, unless that is
 * asked for; then the explanation says by how much it is worse.
 */
final class Guard {
  private final PlanningRequest request;

  Guard(PlanningRequest request) {
    this.request = request;
  }

  /** The plan, or the best single node's where that is better. */
  Planned checked(Planned planned, PipelineMode mode) {
    Batching batching = planned.explanation().prediction().batching();
    Optional<SingleNodes.Candidate> single = new SingleNodes(request).best(batching, mode);
    if (request.constraints().slowerAllowed() || single.isEmpty()) {
      return planned;
    }
    ObjectiveValue value = new ObjectiveValue(request);
    double split = value.of(planned.explanation().prediction());
    double best = value.of(single.get().prediction());
    if (split <= best * (1 + Explainer.SAME)) {
      return planned;
    }
    String note =
        "%s runs the model alone: the best split found would give %s instead of %s"
            .formatted(single.get().node(), value.words(split), value.words(best));
    Verdict verdict =
        new Verdict(
            planned.explanation().planner(),
            single.get().prediction().batching(),
            mode,
            planned.explanation().bound().lowerBound(),
            Map.of(),
            List.of(note));
    return new Planned(
        single.get().plan(), new Explainer(request).explain(single.get().plan(), verdict));
  }
}
