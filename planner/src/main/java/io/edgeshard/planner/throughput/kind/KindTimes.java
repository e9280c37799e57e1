package io.edgeshard.planner.throughput.kind;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cost.CostModel;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What kinds of nodes take for one decode step of a batch, in ms. Kind 0 is the source.
 *
 * @param layer a decoder layer, by kind
 * @param fixed a stage besides its layers, by kind; the source's with the embedding
 * @param head what the head adds to a stage, by kind
 * @param hop hidden states from kind to kind; infinite within a kind of one node and to the source
 * @param hopOccupied of it, for how long the link is occupied
 * @param back token ids from a kind to the source, and through its pipeline to its stage
 * @param backOccupied of it, for how long the link is occupied
 */
@SuppressWarnings("ArrayRecordComponent") // tables that are never compared
public record KindTimes(
    double[] layer,
    double[] fixed,
    double[] head,
    double[][] hop,
    double[][] hopOccupied,
    double[] back,
    double[] backOccupied) {

  /** Of a batch, as an outlook has it. */
  public static KindTimes of(CostModel costs, KindLinks links, int batch) {
    List<NodeKind> kinds = links.kinds();
    ToDoubleFunction<NodeId> bare = node -> costs.decodeFixedMs(node, false, false, batch);
    Tables tables = new Tables(kinds, links.outlook());
    double[] fixed = tables.perKind(bare);
    fixed[0] = costs.decodeFixedMs(kinds.get(0).first(), true, false, batch);
    return new KindTimes(
        tables.perKind(node -> costs.decodeLayerMs(node, batch)),
        fixed,
        tables.perKind(
            node -> costs.decodeFixedMs(node, false, true, batch) - bare.applyAsDouble(node)),
        links.perPair((from, to) -> costs.hopMs(from, to, batch)),
        links.perPair((from, to) -> costs.hopOccupiedMs(from, to, batch)),
        tables.perKind(node -> costs.returnMs(node, batch)),
        tables.perKind(node -> costs.returnOccupiedMs(node, batch)));
  }

  /** How many kinds there are. */
  public int kinds() {
    return layer.length;
  }

  private record Tables(List<NodeKind> kinds, Outlook outlook) {
    double[] perKind(ToDoubleFunction<NodeId> ms) {
      return kinds.stream()
          .mapToDouble(
              kind -> kind.members().stream().mapToDouble(ms).reduce(outlook::of).orElseThrow())
          .toArray();
    }
  }
}
