package io.edgeshard.verticles.cli.plan;

import io.edgeshard.web.plan.MemoryView;
import io.edgeshard.web.plan.PlanView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans to be shown. */
final class PlanFixtures {
  private static final long MIB = 1L << 20;
  private static final PlanView.Figures PREDICTED = new PlanView.Figures(150.2, 45.66, 21.9, null);

  private PlanFixtures() {}

  /** Two of three nodes, served. */
  static PlanView served() {
    return served(32, 96, PREDICTED);
  }

  /** The same, served requests of another length. */
  static PlanView servedLonger() {
    return served(3000, 40, new PlanView.Figures(4000, 60, 16.67, null));
  }

  private static PlanView served(int prompt, int answer, PlanView.Figures predicted) {
    return plan(
        12,
        new PlanView.Served(
            prompt, answer, predicted, new PlanView.Figures(160, 47.5, 21.05, null)),
        3.91,
        0.44);
  }

  /** The same, not in force. */
  static PlanView imagined() {
    return plan(0, null, null, null);
  }

  private static PlanView plan(
      long planId,
      PlanView.@Nullable Served served,
      @Nullable Double stageMs,
      @Nullable Double hopMs) {
    return new PlanView(
        planId,
        "best",
        "least time per token",
        "node-1",
        "SmolLM2 135M",
        "fast",
        30,
        new PlanView.Promise(4096, 4, 32, 96),
        List.of(
            new PlanView.Node(
                "node-1",
                "home-server",
                8,
                640 * MIB,
                new MemoryView(60 * MIB, 188 * MIB, 9 * MIB, 300 * MIB, 20 * MIB),
                0.26,
                3.1),
            new PlanView.Node(
                "node-2",
                "laptop",
                4,
                12345 * MIB,
                new MemoryView(70 * MIB, 190 * MIB, 9 * MIB, 300 * MIB, 0),
                0.25,
                3.0),
            new PlanView.Node("node-3", "old-laptop", 0, 300 * MIB, null, 2.5, 31)),
        List.of(
            new PlanView.Stage("node-1", 0, 15, true, false, 3.75, 48, stageMs),
            new PlanView.Stage("node-2", 15, 30, false, true, 41.2, 96, stageMs)),
        List.of(
            new PlanView.Hop("node-1", "node-2", 0.41, 5.2, hopMs),
            new PlanView.Hop("node-2", "node-1", 0.3, 0.3, hopMs)),
        List.of(
            new PlanView.Link("node-1", "node-2", 0.4, 940),
            new PlanView.Link("node-2", "node-1", 0.4, 9400),
            new PlanView.Link("node-1", "node-3", 12.5, 1)),
        PREDICTED,
        served,
        new PlanView.Single("node-2", new PlanView.Figures(180, 50, 20, null)),
        new PlanView.Bound(45.66, 45.2, 1.02),
        List.of(
            new PlanView.LeftOut(
                "node-3",
                "the best plan with it takes 63.1 ms a token instead of 45.7, 17.4 ms (38 %) more,"
                    + " because its layers are ten times as slow")),
        List.of("measured and predicted part by more than 25 % in stage 0"));
  }

  /** A single node that nobody else could replace, proven best, with its draw known. */
  static PlanView alone() {
    return alone(1);
  }

  /** The same with others there. */
  static PlanView allOnOne() {
    return alone(3);
  }

  private static PlanView alone(int nodes) {
    PlanView two = served();
    return new PlanView(
        0,
        two.planner(),
        two.objective(),
        two.source(),
        two.model(),
        two.weights(),
        two.layerCount(),
        two.promise(),
        two.nodes().subList(0, nodes),
        List.of(new PlanView.Stage("node-1", 0, 30, true, true, 60, 99, null)),
        List.of(new PlanView.Hop("node-1", "node-1", 0, 0, null)),
        List.of(),
        new PlanView.Figures(100, 60, 16.67, 1.25),
        null,
        null,
        new PlanView.Bound(60, 60, 0.0),
        List.of(),
        List.of());
  }
}
