package io.edgeshard.planner.published;

import static io.edgeshard.planner.plan.MemoryEstimate.mebibytes;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.PlanningResult.Infeasible;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cost.CostModel;
import io.edgeshard.planner.cost.PlanRules;
import io.edgeshard.planner.cost.ShardPlace;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.planner.plan.ShardPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * A question as the paper's algorithms see it: items 0 to N-1, which are the embedding, the decoder
 * layers and the head; devices 0 to M-1, of which 0 is the source; times and bytes of each (paper,
 * section III and IV-A). One sequence: the algorithms know no batch.
 *
 * <p>What a stage takes besides its items, here and in what follows called entering it, is no part
 * of the paper's model and 0 in its setting; it is counted with the step onto a device, so that the
 * algorithms minimise what the common cost model charges.
 */
final class LayerItems {
  private final PlanningRequest request;
  private final PlanRules rules;
  private final CostModel costs;
  private final List<NodeId> devices;
  private final double[] layerMs;
  private final double[] enterMs;
  private final double[][] hopMs;

  LayerItems(PlanningRequest request) {
    this.request = request;
    this.rules = new PlanRules(request);
    this.costs = new CostModel(request);
    this.devices = rules.nodes().stream().map(NodeProfile::node).toList();
    this.layerMs = devices.stream().mapToDouble(node -> costs.decodeLayerMs(node, 1)).toArray();
    this.enterMs =
        devices.stream().mapToDouble(node -> costs.decodeFixedMs(node, false, false, 1)).toArray();
    this.hopMs =
        devices.stream()
            .map(from -> devices.stream().mapToDouble(to -> costs.hopMs(from, to, 1)).toArray())
            .toArray(double[][]::new);
  }

  PlanRules rules() {
    return rules;
  }

  /** N. */
  int count() {
    return request.model().layerCount() + 2;
  }

  /** M. */
  int deviceCount() {
    return devices.size();
  }

  /** Whether the source is among the devices: it may have been excluded. */
  boolean hasSource() {
    return !devices.isEmpty() && devices.get(0).equals(request.source());
  }

  /** Whether an item may run on a device: embedding on the source (equation 4), and constraints. */
  boolean allowed(int item, int device) {
    if (item == 0) {
      return device == 0;
    }
    return item == count() - 1
        || rules.boundTo(item - 1).map(devices.get(device)::equals).orElse(true);
  }

  /** t_comp: an item on a device. */
  double computeMs(int item, int device) {
    if (item > 0 && item < count() - 1) {
      return layerMs[device];
    }
    return costs.decodeFixedMs(devices.get(device), item == 0, item > 0, 1) - enterMs[device];
  }

  /** What a stage takes on a device besides its items. */
  double enterMs(int device) {
    return enterMs[device];
  }

  /** t_comm of one token's hidden states; 0 within a device (equation 1). */
  double hopMs(int from, int to) {
    return hopMs[from][to];
  }

  /** The token id's way back to the source. */
  double returnMs(int device) {
    return costs.returnMs(devices.get(device), 1);
  }

  /** Req: weights and KV cache of an item, and for the head its logits. */
  long bytes(int item) {
    LayerRange none = new LayerRange(0, 0);
    if (item > 0 && item < count() - 1) {
      LayerRange layer = new LayerRange(item - 1, item);
      return further(layer, ShardPlace.MIDDLE) - further(none, ShardPlace.MIDDLE);
    }
    ShardPlace place = new ShardPlace(item == 0, item > 0);
    return further(none, place) - further(none, ShardPlace.MIDDLE);
  }

  /** What every stage takes besides its items, in bytes. */
  long stageBytes() {
    return further(new LayerRange(0, 0), ShardPlace.MIDDLE);
  }

  /** What a stage takes without process and head-room, which a device has but once. */
  private long further(LayerRange layers, ShardPlace place) {
    MemoryEstimate stage = rules.memory(devices.get(0), layers, place);
    return stage.totalBytes() - stage.overheadBytes() - stage.headroomBytes();
  }

  /** Mem: what a device has for items and stages. */
  long capacityBytes(int device) {
    MemoryEstimate first =
        rules.memory(devices.get(device), new LayerRange(0, 0), ShardPlace.MIDDLE);
    return rules.offer(devices.get(device)).usableBytes()
        - first.overheadBytes()
        - first.headroomBytes();
  }

  /** The plan that runs each item on the device given for it. */
  ShardPlan plan(int[] deviceOfItem) {
    List<NodeId> nodes = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    for (int item = 0; item < deviceOfItem.length; item++) {
      boolean enters = item == 0 || deviceOfItem[item] != deviceOfItem[item - 1];
      if (enters) {
        nodes.add(devices.get(deviceOfItem[item]));
        counts.add(0);
      }
      boolean isLayer = item > 0 && item < deviceOfItem.length - 1;
      int last = counts.size() - 1;
      counts.set(last, counts.get(last) + (isLayer ? 1 : 0));
    }
    return rules.plan(nodes, counts.stream().mapToInt(Integer::intValue).toArray());
  }

  /** That an algorithm found nothing: in bytes, where all devices together have too few. */
  Infeasible nothingFound(String algorithm) {
    if (!hasSource()) {
      return new Infeasible("the source is excluded, but it must run the embedding", 0);
    }
    long needed = stageBytes();
    for (int item = 0; item < count(); item++) {
      needed += bytes(item);
    }
    long available = 0;
    for (int device = 0; device < devices.size(); device++) {
      available += Math.max(0, capacityBytes(device));
    }
    return new Infeasible(
        "%s found no plan: the model needs %s besides processes and head-room, and %d nodes have %s for it: add a node, promise less context or fewer sequences, or take another planner"
            .formatted(algorithm, mebibytes(needed), devices.size(), mebibytes(available)),
        Math.max(0, needed - available));
  }
}
