package io.edgeshard.verticles.planning.file;

import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The nodes of a cluster file: devices of the catalogue, or times, memory and watts. */
final class FileNodes {
  private static final String DEVICE = "device";
  private static final List<String> COMMON =
      List.of(
          "name", "machine", "memory", "head-room", "process-memory", "busy-watts", "idle-watts");
  private static final List<String> TIMES =
      List.of(
          "decode-layer-ms",
          "prefill-layer-ms",
          "context-token-ms",
          "embedding-ms",
          "head-ms",
          "step-ms");
  private static final List<String> KNOWN =
      Stream.of(List.of(DEVICE), COMMON, TIMES).flatMap(List::stream).toList();

  private final ModelSpec model;
  private final WeightType weights;
  private final Map<NodeId, NodeProfile> profiles = new LinkedHashMap<>();
  private final Map<NodeId, String> devices = new HashMap<>();

  FileNodes(ModelSpec model, WeightType weights) {
    this.model = model;
    this.weights = weights;
  }

  FileNodes read(FileFields file) {
    List<FileFields> nodes = file.items("nodes");
    if (nodes.size() < 2) {
      throw file.fault(
          "nodes",
          "two nodes or more in 'nodes', since one alone leaves nothing to plan",
          Integer.toString(nodes.size()));
    }
    nodes.forEach(this::add);
    return this;
  }

  List<NodeProfile> profiles() {
    return List.copyOf(profiles.values());
  }

  Map<NodeId, String> devices() {
    return devices;
  }

  List<String> names() {
    return profiles.keySet().stream().map(NodeId::value).toList();
  }

  private void add(FileFields node) {
    node.only(KNOWN);
    NodeId id = id(node);
    NodeProfile profile = node.has(DEVICE) ? device(node, id) : measured(node, id);
    if (profiles.put(id, profile) != null) {
      throw node.fault("name", "each node once", "'%s' twice".formatted(id));
    }
  }

  private static NodeId id(FileFields node) {
    String name = node.neededText("name");
    try {
      return new NodeId(name);
    } catch (IllegalArgumentException e) {
      throw node.fault(
          "name", "a node name of 1 to 64 letters, digits, '-', '_' or '.'", "'" + name + "'");
    }
  }

  private NodeProfile device(FileFields node, NodeId id) {
    for (String time : TIMES) {
      if (node.has(time)) {
        throw node.fault(time, "a device of the catalogue or times of its own", "both");
      }
    }
    String device = node.neededText(DEVICE);
    NodeProfile known =
        Devices.find(device)
            .map(found -> found.profile(id, model, weights))
            .orElseThrow(
                () -> node.unknown(DEVICE, "a device of the catalogue", device, Devices.names()));
    devices.put(id, device);
    return new NodeProfile(
        id,
        node.text("machine").orElse(known.machine()),
        memory(node, Optional.of(known.memory())),
        known.compute(),
        power(node).or(known::power));
  }

  private static NodeProfile measured(FileFields node, NodeId id) {
    if (!node.has("decode-layer-ms")) {
      throw node.fault(
          "node '%s' to have a 'device' of the catalogue or 'decode-layer-ms'".formatted(id),
          "neither");
    }
    TimeCurve decode = curve(node, "decode-layer-ms");
    TimeCurve prefill = node.has("prefill-layer-ms") ? curve(node, "prefill-layer-ms") : decode;
    double contextMs = node.notNegative("context-token-ms").orElse(0);
    expectTime(node, "decode-layer-ms", decode);
    expectTime(node, "prefill-layer-ms", prefill);
    return new NodeProfile(
        id,
        node.text("machine").orElse(id.value()),
        memory(node, Optional.empty()),
        new ComputeProfile(
            new LayerTimes(decode, contextMs),
            new LayerTimes(prefill, contextMs),
            curve(node, "embedding-ms"),
            curve(node, "head-ms"),
            node.curve("step-ms", ms -> TimeCurve.line(ms, 0)).orElseGet(TimeCurve::none)),
        power(node));
  }

  /** A single number is the time of each row. */
  private static TimeCurve curve(FileFields node, String name) {
    return node.curve(name, ms -> TimeCurve.line(ms, ms)).orElseGet(TimeCurve::none);
  }

  private static void expectTime(FileFields node, String name, TimeCurve curve) {
    if (!(curve.ms(1) > 0)) {
      throw node.fault(name, "'%s' to be above 0 for one row".formatted(name), curve.ms(1) + " ms");
    }
  }

  private static MemoryOffer memory(FileFields node, Optional<MemoryOffer> ofDevice) {
    long usable =
        node.bytes("memory")
            .orElseGet(
                () ->
                    ofDevice
                        .map(MemoryOffer::usableBytes)
                        .orElseThrow(() -> node.missing("memory")));
    if (usable <= 0) {
      throw node.fault("memory", "'memory' to be above 0", "'0'");
    }
    return new MemoryOffer(
        usable,
        node.bytes("head-room").orElse(ofDevice.map(MemoryOffer::headroomBytes).orElse(0L)),
        node.bytes("process-memory")
            .orElse(ofDevice.map(MemoryOffer::processBytes).orElse(MemoryOffer.PROCESS_BYTES)));
  }

  private static Optional<PowerDraw> power(FileFields node) {
    OptionalDouble busy = node.notNegative("busy-watts");
    OptionalDouble idle = node.notNegative("idle-watts");
    if (busy.isEmpty() && idle.isEmpty()) {
      return Optional.empty();
    }
    if (busy.isEmpty() || idle.isEmpty()) {
      throw node.missing(busy.isEmpty() ? "busy-watts" : "idle-watts");
    }
    if (busy.getAsDouble() < idle.getAsDouble()) {
      throw node.fault(
          "busy-watts",
          "'busy-watts' of at least the 'idle-watts' of " + idle.getAsDouble(),
          Double.toString(busy.getAsDouble()));
    }
    return Optional.of(new PowerDraw(busy.getAsDouble(), idle.getAsDouble()));
  }
}
