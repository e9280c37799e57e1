package io.edgeshard.planner.exact;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.route.Prices;
import io.edgeshard.planner.route.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The prices of a question's objectives: the cost model's figures by node index. */
final class PriceList {
  private final CostModel costs;
  private final List<NodeId> nodes;
  private final int newTokens;
  private final double intakeMs;
  private final int[] chunks;
  private final Prices token;

  PriceList(PlanningRequest request, SearchSpace space) {
    this.costs = new CostModel(request);
    this.nodes = IntStream.range(0, space.nodeCount()).mapToObj(space::node).toList();
    this.newTokens = request.typical().newTokens();
    this.intakeMs = request.typical().intakeMs();
    this.chunks = costs.chunks();
    this.token = new Prices(nodes.size(), new Steps(1, List.of()));
  }

  /** How many chunks the usual prompt is computed in. */
  int chunkCount() {
    return chunks.length;
  }

  /** What a node draws, where that is known. */
  Optional<PowerDraw> draw(int node) {
    return costs.node(nodes.get(node)).power();
  }

  /** Milliseconds of a decode step of one sequence. */
  Prices token() {
    return token;
  }

  /**
   * Milliseconds of a whole request of which every stage computes one prefill chunk: the very time
   * where there is one chunk, else at most the time.
   */
  Prices request() {
    List<Integer> ends = chunks.length == 1 ? List.of(0) : List.of(0, chunks.length - 1);
    return new Prices(nodes.size(), new Steps(newTokens - 1, ends));
  }

  /** Milliseconds of the first prefill chunk of the usual request. */
  Prices firstChunk() {
    return new Prices(nodes.size(), new Steps(0, List.of(0)));
  }

  /**
   * Joules of a decode step, by the draw of each node at work, while all the nodes that take part
   * draw so much together as they wait.
   *
   * @param chargedMs for how long the idle draw of a node is charged besides with its stage, unless
   *     it is the source
   * @param of the nodes that are priced, as indices of their own
   */
  Prices energy(double idleWatts, double chargedMs, int... of) {
    return new Prices(of.length, new Joules(idleWatts, chargedMs, of));
  }

  /** So many decode steps, and for each part the least of some prefill chunks. */
  private final class Steps implements Prices.Part {
    private final int steps;
    private final List<Integer> ofChunks;

    Steps(int steps, List<Integer> ofChunks) {
      this.steps = steps;
      this.ofChunks = ofChunks;
    }

    private double sum(double decodeMs, IntToDoubleFunction prefillMs) {
      double least =
          ofChunks.stream().mapToInt(Integer::intValue).mapToDouble(prefillMs).min().orElse(0);
      return steps * decodeMs + least;
    }

    @Override
    public double first() {
      NodeId source = nodes.get(0);
      double decode =
          costs.decodeFixedMs(source, true, false, 1)
              - costs.decodeFixedMs(source, false, false, 1);
      return sum(
          decode,
          chunk ->
              intakeMs
                  + costs.prefillFixedMs(source, true, false, chunk)
                  - costs.prefillFixedMs(source, false, false, chunk));
    }

    @Override
    public double layer(int node) {
      NodeId id = nodes.get(node);
      return sum(costs.decodeLayerMs(id, 1), chunk -> costs.prefillLayerMs(id, chunk));
    }

    @Override
    public double stage(int node) {
      NodeId id = nodes.get(node);
      return sum(
          costs.decodeFixedMs(id, false, false, 1),
          chunk -> costs.prefillFixedMs(id, false, false, chunk));
    }

    @Override
    public double last(int node) {
      NodeId id = nodes.get(node);
      int end = chunks.length - 1;
      double decode =
          costs.decodeFixedMs(id, false, true, 1) - costs.decodeFixedMs(id, false, false, 1);
      double prefill =
          costs.prefillFixedMs(id, false, true, end) - costs.prefillFixedMs(id, false, false, end);
      double back = costs.returnMs(id, 1);
      return sum(decode + back, chunk -> prefill + back);
    }

    @Override
    public double hop(int from, int to) {
      return sum(
          costs.hopMs(nodes.get(from), nodes.get(to), 1),
          chunk -> costs.hopMs(nodes.get(from), nodes.get(to), chunks[chunk]));
    }
  }

  /** The energy of a decode step: what a node draws more at work, and what all draw waiting. */
  private final class Joules implements Prices.Part {
    private static final double MS_PER_SECOND = 1000;

    private final double idleWatts;
    private final double chargedMs;
    private final int[] of;

    Joules(double idleWatts, double chargedMs, int... of) {
      this.idleWatts = idleWatts;
      this.chargedMs = chargedMs;
      this.of = of;
    }

    private double atWork(int node, double workMs) {
      double extra = draw(node).map(draw -> draw.busyWatts() - draw.idleWatts()).orElse(0d);
      return (extra + idleWatts) * workMs / MS_PER_SECOND;
    }

    @Override
    public double first() {
      return atWork(of[0], token.first());
    }

    @Override
    public double layer(int place) {
      return atWork(of[place], token.layer(of[place]));
    }

    @Override
    public double stage(int place) {
      int node = of[place];
      double idle = node == 0 ? 0 : draw(node).map(PowerDraw::idleWatts).orElse(0d);
      return atWork(node, token.stage(node)) + idle * chargedMs / MS_PER_SECOND;
    }

    @Override
    public double last(int place) {
      int node = of[place];
      double backMs = costs.returnMs(nodes.get(node), 1);
      return atWork(node, token.last(node) - backMs) + backMs * idleWatts / MS_PER_SECOND;
    }

    @Override
    public double hop(int from, int to) {
      return token.hop(of[from], of[to]) * idleWatts / MS_PER_SECOND;
    }
  }
}
