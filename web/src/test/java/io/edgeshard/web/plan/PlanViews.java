package io.edgeshard.web.plan;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plans to show: three nodes that split a model, a fourth that is left out. */
public final class PlanViews {
  private static final long MIB = 1L << 20;
  private static final PlanView.Figures PREDICTED = new PlanView.Figures(160, 13.9, 71.9, 0.42);

  private PlanViews() {}

  /** Before anything was served. */
  public static PlanView predicted(long planId) {
    return split(planId, null, null, null, null);
  }

  /** After answers: one stage takes longer than predicted. */
  public static PlanView measured(long planId) {
    return split(planId, new PlanView.Figures(171, 15.9, 62.9, null), 3.2, 6.1, 0.31);
  }

  private static PlanView split(
      long planId,
      PlanView.@Nullable Figures measured,
      @Nullable Double first,
      @Nullable Double second,
      @Nullable Double hop) {
    return new PlanView(
        planId,
        "exact latency planner",
        "least time per token",
        "kitchen-pi",
        "SmolLM2-135M-Instruct",
        "fast",
        30,
        new PlanView.Promise(2048, 4, 32, 96),
        nodes(),
        List.of(
            new PlanView.Stage("kitchen-pi", 0, 8, true, false, 3.1, 41, first),
            new PlanView.Stage("laptop", 8, 21, false, false, 4.6, 60, second),
            new PlanView.Stage(
                "desk", 21, 30, false, true, 4.9, 52, measured == null ? null : 4.8)),
        List.of(
            new PlanView.Hop("kitchen-pi", "laptop", 0.55, 4, hop),
            new PlanView.Hop("laptop", "desk", 0.34, 3, hop),
            new PlanView.Hop("desk", "kitchen-pi", 0.41, 0.4, hop)),
        links(),
        PREDICTED,
        measured == null ? null : new PlanView.Served(32, 96, PREDICTED, measured),
        new PlanView.Single("desk", new PlanView.Figures(190, 19.4, 51.5, null)),
        new PlanView.Bound(13.9, 13.6, 2.2),
        List.of(
            new PlanView.LeftOut(
                "attic-pi", "with it a token takes 1.8 ms longer: its link brings 8 Mbit/s")),
        List.of("laptop and desk share one machine: they are predicted so."));
  }

  /** The plan without the laptop: slower. */
  public static PlanView withoutLaptop() {
    PlanView plan = predicted(0);
    return new PlanView(
        0,
        plan.planner(),
        plan.objective(),
        plan.source(),
        plan.model(),
        plan.weights(),
        plan.layerCount(),
        plan.promise(),
        plan.nodes().stream().filter(node -> !node.id().equals("laptop")).toList(),
        List.of(
            new PlanView.Stage("kitchen-pi", 0, 12, true, false, 4.6, 60, null),
            new PlanView.Stage("desk", 12, 30, false, true, 9.7, 104, null)),
        List.of(
            new PlanView.Hop("kitchen-pi", "desk", 0.41, 4, null),
            new PlanView.Hop("desk", "kitchen-pi", 0.41, 0.4, null)),
        plan.links(),
        new PlanView.Figures(172, 15.12, 66.1, 0.4),
        null,
        plan.bestSingle(),
        new PlanView.Bound(15.12, 15.12, 0.0),
        plan.leftOut(),
        List.of());
  }

  /** So many nodes with two layers each. */
  public static PlanView chain(int count) {
    PlanView plan = predicted(1);
    List<String> names = IntStream.range(0, count).mapToObj(i -> "node-" + (i + 1)).toList();
    return new PlanView(
        1,
        plan.planner(),
        plan.objective(),
        names.get(0),
        plan.model(),
        plan.weights(),
        2 * count,
        plan.promise(),
        names.stream()
            .map(
                name -> new PlanView.Node(name, "", 0, 512 * MIB, memory(94, 24, 12, 96, 51), 1, 2))
            .toList(),
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new PlanView.Stage(
                        names.get(i), 2 * i, 2 * i + 2, i == 0, i == count - 1, 2 + i % 3, 9, null))
            .toList(),
        IntStream.range(0, count)
            .mapToObj(i -> new PlanView.Hop(names.get(i), names.get((i + 1) % count), 0.3, 1, null))
            .toList(),
        IntStream.range(0, count)
            .mapToObj(i -> new PlanView.Link(names.get(i), names.get((i + 1) % count), 0.2, 100))
            .toList(),
        plan.predicted(),
        null,
        null,
        new PlanView.Bound(13.9, 13.9, 0.0),
        List.of(),
        List.of());
  }

  /** One node of this name does everything, unproven; another of the same name is left out. */
  public static PlanView named(String name) {
    PlanView plan = predicted(1);
    return new PlanView(
        1,
        name,
        name,
        name,
        name,
        name,
        plan.layerCount(),
        plan.promise(),
        List.of(new PlanView.Node(name, name, 0, 512 * MIB, memory(94, 24, 12, 96, 51), 0.38, 5.1)),
        List.of(new PlanView.Stage(name, 0, 30, true, true, 3.1, 41, null)),
        List.of(new PlanView.Hop(name, name, 0, 0, null)),
        List.of(),
        plan.predicted(),
        null,
        null,
        new PlanView.Bound(13.9, 0, null),
        List.of(new PlanView.LeftOut(name, name)),
        List.of(name));
  }

  private static List<PlanView.Node> nodes() {
    return List.of(
        new PlanView.Node(
            "kitchen-pi", "raspberry-5", 4, 512 * MIB, memory(94, 24, 12, 96, 51), 0.38, 5.1),
        new PlanView.Node(
            "laptop", "thinkbox", 8, 1024 * MIB, memory(121, 39, 14, 104, 102), 0.35, 4.6),
        new PlanView.Node(
            "desk", "thinkbox", 8, 768 * MIB, memory(118, 27, 13, 110, 77), 0.53, 5.8),
        new PlanView.Node("attic-pi", "raspberry-4", 4, 256 * MIB, null, 0.9, 12.5));
  }

  private static MemoryView memory(
      long weights, long kvCache, long activations, long process, long headroom) {
    return new MemoryView(
        weights * MIB, kvCache * MIB, activations * MIB, process * MIB, headroom * MIB);
  }

  private static List<PlanView.Link> links() {
    return List.of(
        new PlanView.Link("kitchen-pi", "laptop", 0.5, 480),
        new PlanView.Link("laptop", "kitchen-pi", 0.5, 455),
        new PlanView.Link("laptop", "desk", 0.3, 941),
        new PlanView.Link("desk", "laptop", 0.3, 938),
        new PlanView.Link("kitchen-pi", "desk", 0.4, 470),
        new PlanView.Link("desk", "kitchen-pi", 0.4, 466),
        new PlanView.Link("kitchen-pi", "attic-pi", 6.2, 8.2),
        new PlanView.Link("attic-pi", "kitchen-pi", 6.4, 7.9));
  }
}
