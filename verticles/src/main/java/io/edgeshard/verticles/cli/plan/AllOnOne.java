package io.edgeshard.verticles.cli.plan;

import io.edgeshard.verticles.cli.terminal.Paragraph;
import io.edgeshard.verticles.local.cluster.PlanClient.NoPlanException;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A plan that leaves all layers and the head to one node although others are there.
 *
 * @param plan that plan
 * @param split the best one over several nodes, where it is known that there is one
 */
record AllOnOne(PlanView plan, Optional<PlanView> split) {
  private static final double PERCENT = 100;

  /** Who knows the plan after a change. */
  @FunctionalInterface
  interface Planning {
    /** The plan after a change. */
    PlanView whatIf(WhatIf change) throws InterruptedException;
  }

  /** What is to be said of a plan that somebody made after a change; empty for a split. */
  static Optional<AllOnOne> find(PlanView plan, WhatIf change, Planning planning)
      throws InterruptedException {
    if (plan.nodes().size() < 2 || !isOne(plan)) {
      return Optional.empty();
    }
    return Optional.of(new AllOnOne(plan, split(change, planning)));
  }

  private static Optional<PlanView> split(WhatIf change, Planning planning)
      throws InterruptedException {
    try {
      return Optional.of(planning.whatIf(change.allowingSlower())).filter(plan -> !isOne(plan));
    } catch (NoPlanException | PlanRefusedException unknown) {
      return Optional.empty();
    }
  }

  private static boolean isOne(PlanView plan) {
    PlanView.Stage last = last(plan);
    return last.layerEnd() - last.layerStart() == plan.layerCount();
  }

  private static PlanView.Stage last(PlanView plan) {
    return plan.stages().get(plan.stages().size() - 1);
  }

  /** Which node, what it is predicted to give, and what a split would. */
  List<String> words() {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        Paragraph.of(
            "  one node  ",
            "all %d layers are on %s: %s"
                .formatted(
                    plan.layerCount(), last(plan).node(), PlanWords.summary(plan.predicted()))));
    split.ifPresent(other -> lines.addAll(Paragraph.of("  split     ", words(other))));
    return lines;
  }

  private String words(PlanView other) {
    double worse = other.bound().value() / plan.bound().value() - 1;
    return String.format(
        Locale.ROOT,
        "%s would make it %s: %s, predicted %.1f %% worse for %s",
        NodeSettings.ALLOW_SLOWER.flag(),
        PlanDifference.stages(other),
        PlanWords.summary(other.predicted()),
        PERCENT * worse,
        plan.objective());
  }
}
