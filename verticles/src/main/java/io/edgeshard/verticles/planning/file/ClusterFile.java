package io.edgeshard.verticles.planning.file;

import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.choice.ObjectivePlanner;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.WireFormat;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.verticles.planning.Scenario;
import io.edgeshard.verticles.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A cluster as a file describes it.
 *
 * <p>{@link #example} shows all that can stand in one.
 */
public final class ClusterFile {
  private static final List<String> FIELDS =
      Stream.concat(
              Stream.of("model", "weights", "source", "nodes", "links"), FileGoal.FIELDS.stream())
          .toList();

  private final Path path;

  private ClusterFile(Path path) {
    this.path = path;
  }

  /**
   * The cluster that a file describes.
   *
   * @throws SettingsException one sentence that names file and line
   */
  public static Scenario read(Path path) {
    return new ClusterFile(path).scenario();
  }

  /** Such a file, with comments. */
  public static List<String> example() {
    try (InputStream in = ClusterFile.class.getResourceAsStream("cluster-example.yaml")) {
      byte[] text = Objects.requireNonNull(in, "expected the example, found none").readAllBytes();
      return new String(text, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private Scenario scenario() {
    FileFields file = FilePlaces.open(path).only(FIELDS);
    ModelSpec model = model(file);
    WeightType weights = weights(file);
    FileNodes nodes = new FileNodes(model, weights).read(file);
    FileGoal goal = new FileGoal(file);
    Workload workload = goal.workload(model);
    NodeId source = source(file, nodes.names());
    PlanningRequest request =
        new PlanningRequest(
            new PlanId(1),
            model,
            weights,
            new ClusterProfile(nodes.profiles(), new FileLinks(nodes.names()).read(file)),
            source,
            workload,
            goal.typical(workload),
            goal.objective(workload),
            goal.constraints(model, nodes.names(), source),
            WireFormat.FLOAT32);
    return new Scenario(request, new ObjectivePlanner(), nodes.devices(), List.of());
  }

  private ModelSpec model(FileFields file) {
    String name = file.neededText("model");
    boolean isPath = name.endsWith(".gguf") || name.contains("/");
    if (!isPath) {
      return Models.find(name)
          .orElseThrow(
              () ->
                  file.unknown(
                      "model",
                      "a model of the catalogue or the path of a GGUF file",
                      name,
                      Models.names()));
    }
    Path gguf = path.toAbsolutePath().resolveSibling(name);
    if (!Files.isRegularFile(gguf)) {
      throw file.fault("model", "a GGUF file that this user may read", "none at " + gguf);
    }
    try (Checkpoint checkpoint = Checkpoint.open(gguf)) {
      return checkpoint.spec();
    } catch (ModelException e) {
      throw file.fault("model", "a model that can be run", String.valueOf(e.getMessage()));
    }
  }

  private static WeightType weights(FileFields file) {
    String label = file.text("weights").orElse(WeightType.FAST.label());
    try {
      return WeightType.ofLabel(label);
    } catch (IllegalArgumentException e) {
      throw file.fault("weights", "exact, fast or float32", "'" + label + "'");
    }
  }

  private static NodeId source(FileFields file, List<String> nodes) {
    String source = file.neededText("source");
    if (!nodes.contains(source)) {
      throw file.unknown("source", "a node of this file", source, nodes);
    }
    return new NodeId(source);
  }
}
