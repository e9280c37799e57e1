package io.edgeshard.verticles.cli.plan;

import io.edgeshard.verticles.cli.terminal.TextTable;
import io.edgeshard.web.plan.PlanView;
import java.util.ArrayList;
import java.util.List;

/** What nodes and links were measured to be. */
final class ProfileWords {
  /** As many as a screen has lines; the rest is in the JSON. */
  private static final int MOST_LINKS = 30;

  private ProfileWords() {}

  static List<String> of(PlanView plan) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, weights %s, one decoder layer: in a decode step, and for a prompt of %d tokens"
            .formatted(plan.model(), plan.weights(), plan.promise().promptTokens()));
    TextTable nodes =
        new TextTable()
            .right(2, 3, 4, 5)
            .row("node", "machine", "cores", "may use", "decode ms", "prefill ms");
    for (PlanView.Node node : plan.nodes()) {
      nodes.row(
          node.id(),
          node.machine(),
          node.cores() == 0 ? "?" : Integer.toString(node.cores()),
          Amounts.memory(node.usableBytes()),
          Amounts.number(node.decodeLayerMs()),
          Amounts.number(node.prefillLayerMs()));
    }
    lines.addAll(nodes.lines());
    lines.addAll(links(plan.links()));
    return lines;
  }

  private static List<String> links(List<PlanView.Link> links) {
    if (links.isEmpty()) {
      return List.of();
    }
    TextTable table = new TextTable().right(2, 3).row("from", "to", "latency", "rate");
    links.stream()
        .limit(MOST_LINKS)
        .forEach(
            link ->
                table.row(
                    link.from(),
                    link.to(),
                    Amounts.ms(link.latencyMs()),
                    Amounts.rate(link.megabitsPerSecond())));
    List<String> lines = new ArrayList<>();
    lines.add("links:");
    lines.addAll(table.lines());
    if (links.size() > MOST_LINKS) {
      lines.add("  and %d more: --json has all".formatted(links.size() - MOST_LINKS));
    }
    return lines;
  }
}
