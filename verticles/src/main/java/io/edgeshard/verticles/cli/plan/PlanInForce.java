package io.edgeshard.verticles.cli.plan;

import io.edgeshard.verticles.local.cluster.PlanClient;
import io.edgeshard.verticles.local.cluster.PlanClient.NoPlanException;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The plan of a running cluster, as it is told unasked. */
public final class PlanInForce {
  private PlanInForce() {}

  /** The whole explanation; nothing where none is to be had. */
  public static List<String> explained(String url) throws InterruptedException {
    return lines(url, PlanWords::of);
  }

  /** What is predicted, and whether one node has all; nothing where that is not known. */
  public static List<String> summary(String url) throws InterruptedException {
    return lines(url, PlanInForce::figures);
  }

  private static List<String> lines(String url, Function<PlanView, List<String>> words)
      throws InterruptedException {
    PlanClient client = new PlanClient(url);
    try {
      PlanView plan = client.current();
      List<String> lines = new ArrayList<>(words.apply(plan));
      AllOnOne.find(plan, WhatIf.nothing(), client::whatIf)
          .ifPresent(one -> lines.addAll(one.words()));
      return lines;
    } catch (NoPlanException | PlanRefusedException none) {
      return List.of();
    }
  }

  private static List<String> figures(PlanView plan) {
    List<String> lines = new ArrayList<>();
    lines.add("  predicted: " + PlanWords.summary(plan.predicted()));
    PlanView.@Nullable Single single = plan.bestSingle();
    if (single != null && plan.stages().size() > 1) {
      lines.add("  %s alone: %s".formatted(single.node(), PlanWords.summary(single.predicted())));
    }
    return lines;
  }
}
