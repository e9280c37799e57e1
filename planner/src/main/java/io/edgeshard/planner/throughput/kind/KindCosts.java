package io.edgeshard.planner.throughput.kind;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.cost.CostModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What kinds of nodes take and hold, for any batch and any number of sequences. */
public final class KindCosts {
  private final List<NodeKind> kinds;
  private final CostModel costs;
  private final KindLinks links;
  private final RoomCounter counter;
  private final Map<Integer, KindTimes> timesOfBatch = new HashMap<>();
  private final Map<Integer, KindRoom> roomOfSequences = new HashMap<>();

  /** Of one question, as an outlook has it. */
  public KindCosts(PlanningRequest request, List<NodeKind> kinds, Outlook outlook) {
    this.kinds = List.copyOf(kinds);
    this.costs = new CostModel(request);
    this.links = new KindLinks(request, kinds, outlook);
    this.counter = new RoomCounter(request, kinds, outlook);
  }

  /** The kinds, the source's first. */
  public List<NodeKind> kinds() {
    return kinds;
  }

  /** Milliseconds of one decode step of a batch. */
  public KindTimes times(int batch) {
    return timesOfBatch.computeIfAbsent(batch, rows -> KindTimes.of(costs, links, rows));
  }

  /** Layers that fit where so many sequences are under way. */
  public KindRoom room(int sequences) {
    return roomOfSequences.computeIfAbsent(sequences, counter::room);
  }
}
