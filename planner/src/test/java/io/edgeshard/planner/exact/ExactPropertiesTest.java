package io.edgeshard.planner.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.RandomRequests;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.LinkProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.route.Found;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.SubsetSearch;
import io.edgeshard.planner.wide.WideSearch;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ExactPropertiesTest {
  private static final int QUESTIONS = 300;
  private static final double ROUNDING = 1e-9;

  @Test
  void search_fasterLinks_isNeverSlower() {
    expectNoWorse(
        11,
        cluster ->
            new ClusterProfile(
                cluster.nodes(), cluster.links().stream().map(link -> link.faster(2)).toList()));
  }

  @Test
  void search_moreMemory_isNeverSlower() {
    expectNoWorse(
        12,
        cluster ->
            nodes(
                cluster,
                node ->
                    node.withMemory(
                        node.memory().withUsable(node.memory().usableBytes() * 3 / 2))));
  }

  @Test
  void search_fasterNodes_isNeverSlower() {
    expectNoWorse(
        13,
        cluster ->
            nodes(
                cluster,
                node ->
                    new NodeProfile(
                        node.node(),
                        node.machine(),
                        node.memory(),
                        node.compute().times(0.5),
                        node.power())));
  }

  @Test
  void search_nodesRenamed_hasTheSameValue() {
    RandomRequests random = new RandomRequests(14);
    for (int i = 0; i < QUESTIONS; i++) {
      PlanningRequest request = question(random);
      PlanningRequest renamed = renamed(request);
      assertThat(value(renamed))
          .isBetween(value(request) * (1 - ROUNDING), value(request) * (1 + ROUNDING));
    }
  }

  @Test
  void search_askedTwice_answersTheSame() {
    RandomRequests random = new RandomRequests(15);
    for (int i = 0; i < QUESTIONS; i++) {
      PlanningRequest request = question(random);
      assertThat(new ExactSearch(request).search()).isEqualTo(new ExactSearch(request).search());
    }
  }

  @Test
  void wideSearch_fewNodes_agreesWithSubsetsAndItsBoundIsNoGreater() {
    RandomRequests random = new RandomRequests(16);
    for (int i = 0; i < QUESTIONS; i++) {
      PlanningRequest request =
          random.next(2 + random.below(7), 12, new Objective.LeastTokenTime());
      SearchSpace space = new SearchSpace(request);
      var prices = new PriceList(request, space).token();
      Found exact = new SubsetSearch(space, prices).search();
      Found wide = new WideSearch(space, prices).search();
      if (exact.route().isPresent()) {
        assertThat(wide.cost())
            .isBetween(exact.cost() * (1 - ROUNDING), exact.cost() * (1 + ROUNDING));
      } else {
        assertThat(wide.route()).isEmpty();
      }
      assertThat(wide.lowerBound()).isLessThanOrEqualTo(exact.cost() * (1 + ROUNDING));
      for (int node = 0; node < space.nodeCount(); node++) {
        assertThat(wide.withNode().get(node))
            .isLessThanOrEqualTo(exact.withNode().get(node) * (1 + ROUNDING));
      }
    }
  }

  private static PlanningRequest question(RandomRequests random) {
    return random.next(1 + random.below(4), 1 + random.below(6), new Objective.LeastTokenTime());
  }

  private static void expectNoWorse(long seed, UnaryOperator<ClusterProfile> better) {
    RandomRequests random = new RandomRequests(seed);
    for (int i = 0; i < QUESTIONS; i++) {
      PlanningRequest request = question(random);
      double improved = value(request.withCluster(better.apply(request.cluster())));
      assertThat(improved).isLessThanOrEqualTo(value(request) * (1 + ROUNDING));
    }
  }

  private static double value(PlanningRequest request) {
    return new ExactSearch(request).search().lowerBound();
  }

  private static ClusterProfile nodes(ClusterProfile cluster, UnaryOperator<NodeProfile> change) {
    return new ClusterProfile(cluster.nodes().stream().map(change).toList(), cluster.links());
  }

  private static PlanningRequest renamed(PlanningRequest request) {
    List<NodeProfile> nodes =
        request.cluster().nodes().stream()
            .map(
                node ->
                    new NodeProfile(
                        other(node.node()),
                        node.machine(),
                        node.memory(),
                        node.compute(),
                        node.power()))
            .toList();
    List<LinkProfile> links =
        request.cluster().links().stream()
            .map(
                link ->
                    new LinkProfile(
                        other(link.from()),
                        other(link.to()),
                        link.latencyMs(),
                        link.bytesPerSecond()))
            .toList();
    return new PlanningRequest(
        request.id(),
        request.model(),
        request.weightType(),
        new ClusterProfile(nodes, links),
        other(request.source()),
        request.workload(),
        request.typical(),
        request.objective(),
        request.constraints(),
        request.wire());
  }

  /** Another name, so that the order of nodes turns around. */
  private static NodeId other(NodeId node) {
    return new NodeId("z" + (9 - Integer.parseInt(node.value().substring(1))));
  }
}
