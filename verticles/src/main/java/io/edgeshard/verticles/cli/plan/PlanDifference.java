package io.edgeshard.verticles.cli.plan;

import io.edgeshard.verticles.cli.terminal.Paragraph;
import io.edgeshard.verticles.cli.terminal.TextTable;
import io.edgeshard.web.plan.PlanView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a change would do to the plan of today. */
final class PlanDifference {
  private PlanDifference() {}

  static List<String> of(PlanView today, PlanView then) {
    TextTable table =
        new TextTable().right(1, 2, 3, 4).row("", "today", "what if", "difference", "");
    PlanView.Figures before = today.predicted();
    PlanView.Figures after = then.predicted();
    row(table, "TTFT ms", before.ttftMs(), after.ttftMs());
    row(table, "TPOT ms", before.tokenMs(), after.tokenMs());
    row(table, "tokens/s", before.tokensPerSecond(), after.tokensPerSecond());
    if (before.joulesPerToken() != null && after.joulesPerToken() != null) {
      row(table, "J/token", before.joulesPerToken(), after.joulesPerToken());
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (!stages(today).equals(stages(then))) {
      lines.addAll(Paragraph.of("  today    ", stages(today)));
      lines.addAll(Paragraph.of("  what if  ", stages(then)));
    } else {
      lines.add("  the same nodes would run the same layers");
    }
    return lines;
  }

  private static void row(TextTable table, String what, double before, double after) {
    table.row(
        what,
        Amounts.number(before),
        Amounts.number(after),
        Amounts.signed(after - before),
        Amounts.change(before, after));
  }

  /** Who has what, in one line. */
  static String stages(PlanView plan) {
    return plan.stages().stream()
        .map(stage -> stage.node() + ": " + PlanWords.layers(stage))
        .collect(Collectors.joining(", "));
  }
}
