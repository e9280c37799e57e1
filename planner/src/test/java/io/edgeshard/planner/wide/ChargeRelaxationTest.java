package io.edgeshard.planner.wide;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.RandomRequests;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.SearchSpace;
import io.edgeshard.planner.route.SubsetSearch;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChargeRelaxationTest {
  private static final int QUESTIONS = 300;
  private static final double ROUNDING = 1e-9;

  private final Random random = new Random(18);

  @Test
  void bound_anyTolls_isNoGreaterThanTheBestRoute() {
    RandomRequests requests = new RandomRequests(16);
    for (int i = 0; i < QUESTIONS; i++) {
      PlanningRequest request =
          requests.next(2 + requests.below(7), 12, new Objective.LeastTokenTime());
      SearchSpace space = new SearchSpace(request);
      Prices prices = new Prices(space.nodeCount(), new AnyPart(space.nodeCount()));
      double[] tolls = i % 2 == 0 ? new double[space.nodeCount()] : drawn(space.nodeCount());
      double alone = new SubsetSearch(space.of(0), prices.of(0)).search().cost();
      double best = new SubsetSearch(space, prices).search().cost();
      double bound = new ChargeRelaxation(space, prices).bound(tolls);
      assertThat(Math.min(alone, bound)).isLessThanOrEqualTo(best * (1 + ROUNDING));
    }
  }

  private double[] drawn(int count) {
    return random.doubles(count, -2, 2).toArray();
  }

  /** Prices that keep to no order. */
  private final class AnyPart implements Prices.Part {
    private final double[] layers;
    private final double[] stages;
    private final double[] lasts;

    AnyPart(int nodes) {
      this.layers = random.doubles(nodes, 1, 20).toArray();
      this.stages = random.doubles(nodes).toArray();
      this.lasts = random.doubles(nodes, 0, 6).toArray();
    }

    @Override
    public double first() {
      return 1;
    }

    @Override
    public double layer(int node) {
      return layers[node];
    }

    @Override
    public double stage(int node) {
      return stages[node];
    }

    @Override
    public double last(int node) {
      return lasts[node];
    }

    @Override
    public double hop(int from, int to) {
      return random.nextDouble(0, 5);
    }
  }
}
