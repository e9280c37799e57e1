package io.edgeshard.verticles.planning;

import io.edgeshard.planner.Planner;
import io.edgeshard.planner.PlanningRequest;
import io.edgeshard.planner.catalogue.CatalogueDevice;
import io.edgeshard.planner.catalogue.Devices;
import io.edgeshard.planner.catalogue.Models;
import io.edgeshard.planner.choice.NamedPlanners;
import io.edgeshard.planner.cluster.ClusterProfile;
import io.edgeshard.planner.cluster.NodeProfile;
import io.edgeshard.planner.goal.TypicalRequest;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Questions as they are after a change that somebody thinks about. */
public final class WhatIfs {
  private WhatIfs() {}

  /**
   * The question after a change: first the model, then who is here, then links, then what is
   * promised and wanted.
   *
   * @throws PlanRefusedException when the change names something unknown or impossible
   */
  public static Scenario apply(Scenario today, WhatIf change) {
    try {
      Scenario changed = model(today, Optional.ofNullable(change.model()));
      changed = new ChangedCluster(changed).apply(change);
      return goal(changed, change);
    } catch (IllegalArgumentException outOfRange) {
      throw new PlanRefusedException(String.valueOf(outOfRange.getMessage()));
    }
  }

  private static Scenario model(Scenario today, Optional<String> name) {
    if (name.isEmpty()) {
      return today;
    }
    ModelSpec model =
        Models.find(name.get())
            .orElseThrow(
                () ->
                    PlanRefusedException.unknownName(
                        Names.unknown("a model of the catalogue", name.get(), Models.names())));
    PlanningRequest before = today.request();
    OtherModel guess = new OtherModel(before.model(), model, before.weightType());
    List<String> notes = new ArrayList<>(today.notes());
    ClusterProfile cluster =
        new ClusterProfile(
            before.cluster().nodes().stream()
                .map(
                    node ->
                        Optional.ofNullable(today.devices().get(node.node()))
                            .flatMap(Devices::find)
                            .map(device -> ofDevice(device, node, model, before.weightType()))
                            .orElseGet(() -> guess.guess(node)))
                .toList(),
            before.cluster().links());
    if (today.devices().size() < cluster.nodes().size()) {
      notes.add(
          "times of measured nodes are those of %s in proportion to the bytes of the weights: a guess"
              .formatted(before.model().name()));
    }
    int context = Math.min(before.workload().contextTokens(), model.contextLength());
    if (context < before.workload().contextTokens()) {
      notes.add(
          "the promised context is the %d tokens that %s was trained for"
              .formatted(context, model.name()));
    }
    PlanningRequest request =
        new PlanningRequest(
            before.id(),
            model,
            before.weightType(),
            cluster,
            before.source(),
            workload(before.workload(), context, null),
            before.typical(),
            before.objective(),
            before.constraints(),
            before.wire());
    return new Scenario(request, today.planner(), today.devices(), notes);
  }

  private static NodeProfile ofDevice(
      CatalogueDevice device, NodeProfile node, ModelSpec model, WeightType weights) {
    return new NodeProfile(
        node.node(),
        node.machine(),
        node.memory(),
        device.profile(node.node(), model, weights).compute(),
        node.power());
  }

  private static Scenario goal(Scenario today, WhatIf change) {
    PlanningRequest before = today.request();
    Workload workload = workload(before.workload(), change.contextTokens(), change.sequences());
    int trained = before.model().contextLength();
    if (change.contextTokens() != null && workload.contextTokens() > trained) {
      throw new PlanRefusedException(
          "expected a context of at most %d tokens, which %s was trained for, found %d"
              .formatted(trained, before.model().name(), workload.contextTokens()));
    }
    TypicalRequest typical =
        new TypicalRequest(
            Objects.requireNonNullElse(change.promptTokens(), before.typical().promptTokens()),
            Objects.requireNonNullElse(change.newTokens(), before.typical().newTokens()),
            before.typical().intakeMs());
    long tokens = (long) typical.promptTokens() + typical.newTokens();
    if (tokens > workload.contextTokens()) {
      throw new PlanRefusedException(
          "expected a request that fits into the promised context of %d tokens, found one of %d: ask for fewer tokens or more context"
              .formatted(workload.contextTokens(), tokens));
    }
    PlanningRequest request =
        new PlanningRequest(
            before.id(),
            before.model(),
            before.weightType(),
            before.cluster(),
            before.source(),
            workload,
            typical,
            change.objective() == null
                ? before.objective()
                : Objectives.named(
                    change.objective(), workload.sequences(), OptionalDouble.empty()),
            change.allowSlower() == null
                ? before.constraints()
                : before.constraints().withSlowerAllowed(change.allowSlower()),
            before.wire());
    Planner planner = change.planner() == null ? today.planner() : planner(change.planner());
    return new Scenario(request, planner, today.devices(), today.notes());
  }

  private static Planner planner(String name) {
    return NamedPlanners.find(name)
        .orElseThrow(
            () ->
                PlanRefusedException.unknownName(
                    Names.unknown("a planner", name, NamedPlanners.names())));
  }

  private static Workload workload(
      Workload before, @Nullable Integer contextTokens, @Nullable Integer sequences) {
    return new Workload(
        Objects.requireNonNullElse(contextTokens, before.contextTokens()),
        Objects.requireNonNullElse(sequences, before.sequences()),
        before.prefillChunkTokens());
  }
}
