package io.edgeshard.planner.explain;

import static io.edgeshard.planner.plan.MemoryEstimate.mebibytes;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * What is missing where no plan fits, and the least change that would make one: more memory on one
 * node, a shorter context, fewer sequences. Every change is tried with the planner itself, so what
 * is said is enough.
 */
public final class Shortage {
  private static final long MIB = 1L << 20;

  private final PlanningRequest request;
  private final Predicate<PlanningRequest> hasPlan;

  /**
   * The shortage of a question without a plan.
   *
   * @param hasPlan whether a question has one
   */
  public Shortage(PlanningRequest request, Predicate<PlanningRequest> hasPlan) {
    this.request = request;
    this.hasPlan = hasPlan;
  }

  private record Addition(NodeId node, long bytes) {}

  /** What is missing, in one sentence. */
  public Infeasible infeasible() {
    Optional<String> other = otherThanMemory();
    if (other.isPresent()) {
      return new Infeasible(other.get(), 0);
    }
    Misfits misfits = new Misfits(request);
    Optional<Addition> least =
        new PlanRules(request)
            .nodes().stream()
                .flatMap(node -> addition(node).stream())
                .min(Comparator.comparingLong(Addition::bytes).thenComparing(Addition::node));
    List<String> changes = new ArrayList<>();
    least.ifPresent(
        add -> changes.add("give %s %s more".formatted(add.node(), mebibytes(add.bytes()))));
    shorterContext().ifPresent(changes::add);
    fewerSequences().ifPresent(changes::add);
    String change = changes.isEmpty() ? "add a node" : String.join(", or ", changes);
    return new Infeasible(
        "%s: %s".formatted(misfits.first(), change),
        least.map(Addition::bytes).orElseGet(misfits::missingBytes));
  }

  /** What keeps a plan away even if memory were without end. */
  private Optional<String> otherThanMemory() {
    PlanningRequest roomy = request;
    for (NodeProfile node : request.cluster().nodes()) {
      roomy = with(roomy, node, Long.MAX_VALUE / 4);
    }
    if (hasPlan.test(roomy)) {
      return Optional.empty();
    }
    if (request.objective() instanceof Objective.LeastEnergyPerToken energy
        && energy.maxTokenMs().isPresent()) {
      return Optional.of(
          "no plan keeps to %s ms a token, whatever the memory: allow more"
              .formatted(energy.maxTokenMs().getAsDouble()));
    }
    return Optional.of(
        "no plan keeps to the constraints, whatever the memory: each node runs one stage, so pin fewer layers or leave the head free");
  }

  /** The least memory, in whole MiB, that one node alone would have to have more. */
  private Optional<Addition> addition(NodeProfile node) {
    MemoryModel memory = new MemoryModel(request.model(), request.weightType(), request.workload());
    long usable = new PlanRules(request).offer(node.node()).usableBytes();
    long most =
        memory.estimate(node.memory(), request.model().allLayers(), true, true).totalBytes() / MIB
            + 1;
    long mib = least(most, more -> hasPlan.test(with(request, node, usable + more * MIB)));
    return mib > most ? Optional.empty() : Optional.of(new Addition(node.node(), mib * MIB));
  }

  private static PlanningRequest with(PlanningRequest request, NodeProfile node, long bytes) {
    NodeProfile changed = node.withMemory(node.memory().withUsable(bytes));
    ClusterProfile cluster = request.cluster();
    List<NodeProfile> nodes =
        cluster.nodes().stream()
            .map(other -> other.node().equals(node.node()) ? changed : other)
            .toList();
    Constraints from = request.constraints();
    Map<NodeId, Long> caps = new HashMap<>(from.memoryCapBytes());
    caps.remove(node.node());
    return request
        .withCluster(new ClusterProfile(nodes, cluster.links()))
        .withConstraints(
            new Constraints(
                from.sourceLayers(),
                from.headOnSource(),
                from.pinned(),
                from.excluded(),
                caps,
                from.slowerAllowed()));
  }

  private Optional<String> shorterContext() {
    Workload promised = request.workload();
    int most =
        most(
            promised.contextTokens(),
            context -> hasPlan.test(promising(context, promised.sequences())));
    return most == 0
        ? Optional.empty()
        : Optional.of(
            "promise a context of %d instead of %d".formatted(most, promised.contextTokens()));
  }

  private Optional<String> fewerSequences() {
    Workload promised = request.workload();
    int most =
        most(
            promised.sequences(),
            count -> hasPlan.test(promising(promised.contextTokens(), count)));
    return most == 0
        ? Optional.empty()
        : Optional.of(
            "promise %d %s instead of %d"
                .formatted(most, most == 1 ? "sequence" : "sequences", promised.sequences()));
  }

  private PlanningRequest promising(int context, int sequences) {
    return request.withWorkload(
        new Workload(context, sequences, request.workload().prefillChunkTokens()));
  }

  /** The most below a bound for which something holds that holds for all less; 0 for none. */
  private static int most(int bound, IntPredicate holds) {
    return (int) least(bound, value -> value > 0 && !holds.test((int) value)) - 1;
  }

  /** The least up to a bound for which something holds that holds for all more. */
  private static long least(long bound, LongPredicate holds) {
    long low = 0;
    long high = bound + 1;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (middle == bound + 1 || holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
