package io.edgeshard.verticles.planning.file;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Constraints;
import io.edgeshard.planner.goal.Objective;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.verticles.planning.Objectives;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a cluster file says is wanted: promise, usual request, objective, constraints. */
final class FileGoal {
  static final List<String> FIELDS =
      List.of("workload", "request", "objective", "max-token-ms", "max-sequences", "constraints");
  private static final int USUAL_CONTEXT = 4096;
  private static final int USUAL_CHUNK = 128;

  private final FileFields file;

  FileGoal(FileFields file) {
    this.file = file;
  }

  Workload workload(ModelSpec model) {
    FileFields fields =
        file.fields("workload").only(List.of("context", "sequences", "prefill-chunk"));
    int context = fields.count("context", 1).orElse(Math.min(USUAL_CONTEXT, model.contextLength()));
    if (context > model.contextLength()) {
      throw fields.fault(
          "context",
          "at most the %d tokens that %s was trained for"
              .formatted(model.contextLength(), model.name()),
          Integer.toString(context));
    }
    return new Workload(
        context,
        fields.count("sequences", 1).orElse(1),
        fields.count("prefill-chunk", 1).orElse(USUAL_CHUNK));
  }

  TypicalRequest typical(Workload workload) {
    FileFields fields = file.fields("request").only(List.of("prompt-tokens", "new-tokens"));
    TypicalRequest paper = TypicalRequest.OF_THE_PAPER;
    TypicalRequest request =
        new TypicalRequest(
            fields.count("prompt-tokens", 1).orElse(paper.promptTokens()),
            fields.count("new-tokens", 1).orElse(paper.newTokens()));
    long tokens = (long) request.promptTokens() + request.newTokens();
    if (tokens > workload.contextTokens()) {
      throw file.fault(
          "request",
          "a request within the context of %d tokens".formatted(workload.contextTokens()),
          tokens + " tokens");
    }
    return request;
  }

  Objective objective(Workload workload) {
    String name = file.text("objective").orElse("token-time");
    if (!Objectives.NAMES.contains(name)) {
      throw file.unknown("objective", "an objective", name, Objectives.NAMES);
    }
    int sequences = file.count("max-sequences", 1).orElse(workload.sequences());
    return Objectives.named(name, sequences, file.positive("max-token-ms"));
  }

  Constraints constraints(ModelSpec model, List<String> nodes, NodeId source) {
    FileFields fields =
        file.fields("constraints")
            .only(
                List.of("source-layers", "head-on-source", "pinned", "excluded", "slower-allowed"));
    List<String> excluded = fields.texts("excluded");
    excluded.forEach(node -> known(fields, "excluded", node, nodes));
    if (excluded.contains(source.value())) {
      throw fields.fault(
          "excluded", "nodes other than the source to be excluded", "'" + source + "'");
    }
    Set<NodeId> excludedIds = excluded.stream().map(NodeId::new).collect(Collectors.toSet());
    return new Constraints(
        fields.count("source-layers", 0).orElse(0),
        fields.flag("head-on-source"),
        pinned(fields.fields("pinned"), model, nodes),
        excludedIds,
        Map.of(),
        fields.flag("slower-allowed"));
  }

  private static Map<Integer, NodeId> pinned(
      FileFields fields, ModelSpec model, List<String> nodes) {
    Map<Integer, NodeId> pinned = new HashMap<>();
    for (String layer : fields.names()) {
      boolean isLayer = layer.matches("[0-9]{1,6}") && Integer.parseInt(layer) < model.layerCount();
      if (!isLayer) {
        throw fields.fault(
            layer,
            "a decoder layer from 0 to %d before the colon".formatted(model.layerCount() - 1),
            "'" + layer + "'");
      }
      String node = fields.neededText(layer);
      known(fields, layer, node, nodes);
      pinned.put(Integer.parseInt(layer), new NodeId(node));
    }
    return pinned;
  }

  private static void known(FileFields fields, String field, String name, List<String> nodes) {
    if (!nodes.contains(name)) {
      throw fields.unknown(field, "a node of this file", name, nodes);
    }
  }
}
