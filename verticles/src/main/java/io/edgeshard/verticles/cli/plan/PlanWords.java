package io.edgeshard.verticles.cli.plan;

import io.edgeshard.verticles.cli.terminal.Paragraph;
import io.edgeshard.verticles.cli.terminal.TextTable;
import io.edgeshard.web.plan.MemoryView;
import io.edgeshard.web.plan.PlanView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A plan that explains itself on one screen. */
public final class PlanWords {
  private static final double PERCENT = 100;
  private static final String INDENT = "  ";

  private final PlanView plan;

  private PlanWords(PlanView plan) {
    this.plan = plan;
  }

  /** The whole explanation. */
  public static List<String> of(PlanView plan) {
    PlanWords words = new PlanWords(plan);
    return Stream.of(
            words.heading(),
            words.figures(),
            List.of(""),
            words.stages(),
            List.of(""),
            words.memory(),
            List.of(""),
            words.reasons())
        .flatMap(List::stream)
        .toList();
  }

  /** What a client gets, in one line. */
  public static String summary(PlanView.Figures figures) {
    String energy =
        figures.joulesPerToken() == null
            ? ""
            : ", %s J a token".formatted(Amounts.number(figures.joulesPerToken()));
    return "first token %s, then %s a token, %s tokens/s%s"
        .formatted(
            Amounts.ms(figures.ttftMs()),
            Amounts.ms(figures.tokenMs()),
            Amounts.number(figures.tokensPerSecond()),
            energy);
  }

  private List<String> heading() {
    String which = plan.planId() == 0 ? "a plan" : "plan " + plan.planId();
    PlanView.Promise promise = plan.promise();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s for %s, weights %s, %d layers, source %s, by %s"
            .formatted(
                which,
                plan.model(),
                plan.weights(),
                plan.layerCount(),
                plan.source(),
                plan.planner()));
    PlanView.@Nullable Served served = plan.served();
    String lately =
        served == null || isUsual(served)
            ? ""
            : "; stages and hops for %d and %d, as served lately"
                .formatted(served.promptTokens(), served.newTokens());
    lines.addAll(
        Paragraph.of(
            "",
            "%s; room for %d x %d tokens of context; times for %d prompt and %d new tokens"
                    .formatted(
                        plan.objective(),
                        promise.sequences(),
                        promise.contextTokens(),
                        promise.promptTokens(),
                        promise.newTokens())
                + lately));
    return lines;
  }

  private List<String> figures() {
    boolean hasEnergy = plan.predicted().joulesPerToken() != null;
    TextTable table =
        new TextTable()
            .right(1, 2, 3, 4)
            .row("", "TTFT", "TPOT", "tokens/s", hasEnergy ? "J/token" : "");
    row(table, "predicted", plan.predicted());
    PlanView.@Nullable Served served = plan.served();
    if (served != null) {
      if (!isUsual(served)) {
        row(table, "predicted for what was served", served.predicted());
      }
      row(table, "measured", served.measured());
    }
    boolean isSplit = plan.stages().size() > 1;
    if (isSplit && plan.bestSingle() != null) {
      row(table, plan.bestSingle().node() + " alone", plan.bestSingle().predicted());
    }
    List<String> lines = new ArrayList<>(table.lines());
    if (isSplit && plan.bestSingle() == null) {
      lines.add(INDENT + "no single node could hold the model");
    }
    return lines;
  }

  /** Whether what was served was as long as the request that plans are predicted for. */
  private boolean isUsual(PlanView.Served served) {
    return served.promptTokens() == plan.promise().promptTokens()
        && served.newTokens() == plan.promise().newTokens();
  }

  private static void row(TextTable table, String what, PlanView.Figures figures) {
    table.row(
        what,
        Amounts.ms(figures.ttftMs()),
        Amounts.ms(figures.tokenMs()),
        Amounts.number(figures.tokensPerSecond()),
        figures.joulesPerToken() == null ? "" : Amounts.number(figures.joulesPerToken()));
  }

  private List<String> stages() {
    boolean served = plan.served() != null;
    TextTable table =
        new TextTable()
            .right(3, 4, 5)
            .row("stage", "node", "layers", "prefill ms", "decode ms", served ? "measured" : "");
    for (int i = 0; i < plan.stages().size(); i++) {
      PlanView.Stage stage = plan.stages().get(i);
      table.row(
          Integer.toString(i),
          stage.node(),
          layers(stage),
          Amounts.number(stage.prefillMs()),
          Amounts.number(stage.decodeMs()),
          measured(served, stage.measuredDecodeMs()));
      hop(table, plan.hops().get(i), i == plan.stages().size() - 1, served);
    }
    return table.lines();
  }

  /** Within a node whose inner way is not known a token makes no hop. */
  private static void hop(TextTable table, PlanView.Hop hop, boolean isBack, boolean served) {
    if (hop.from().equals(hop.to()) && hop.decodeMs() == 0) {
      return;
    }
    table.row(
        "",
        "",
        (isBack ? "token id back to " : "hop to ") + hop.to(),
        Amounts.number(hop.prefillMs()),
        Amounts.number(hop.decodeMs()),
        measured(served, hop.measuredDecodeMs()));
  }

  private static String measured(boolean served, @Nullable Double ms) {
    return served ? Amounts.number(ms) : "";
  }

  /** Layers are counted from 0, the last one included. */
  static String layers(PlanView.Stage stage) {
    List<String> parts = new ArrayList<>();
    if (stage.embedding()) {
      parts.add("embedding");
    }
    if (stage.layerEnd() > stage.layerStart()) {
      parts.add(stage.layerStart() + "-" + (stage.layerEnd() - 1));
    }
    if (stage.head()) {
      parts.add("head");
    }
    return String.join(" + ", parts);
  }

  private List<String> memory() {
    TextTable table =
        new TextTable()
            .right(1, 2, 3, 4, 5, 6, 7, 8)
            .row(
                "memory",
                "weights",
                "KV cache",
                "activations",
                "process",
                "head-room",
                "sum",
                "may use",
                "full");
    for (PlanView.Node node : plan.nodes()) {
      MemoryView memory = node.memory();
      if (memory == null) {
        table.row(node.id(), "", "", "", "", "", "unused", Amounts.memory(node.usableBytes()));
      } else {
        row(table, node, memory);
      }
    }
    return table.lines();
  }

  private static void row(TextTable table, PlanView.Node node, MemoryView memory) {
    table.row(
        node.id(),
        bytes(memory.weightsBytes()),
        bytes(memory.kvCacheBytes()),
        bytes(memory.activationsBytes()),
        bytes(memory.processBytes()),
        bytes(memory.headroomBytes()),
        bytes(memory.totalBytes()),
        Amounts.memory(node.usableBytes()),
        String.format(Locale.ROOT, "%.0f %%", PERCENT * memory.totalBytes() / node.usableBytes()));
  }

  private static String bytes(long bytes) {
    return bytes == 0 ? "-" : Amounts.memory(bytes);
  }

  private List<String> reasons() {
    List<String> lines = new ArrayList<>();
    plan.leftOut()
        .forEach(
            out -> lines.addAll(Paragraph.of("  left out  ", out.node() + ": " + out.reason())));
    lines.addAll(Paragraph.of("  bound     ", bound(plan.bound())));
    plan.notes().forEach(note -> lines.addAll(Paragraph.of("  note      ", note)));
    return lines;
  }

  private static String bound(PlanView.Bound bound) {
    Double gapPercent = bound.gapPercent();
    if (gapPercent == null) {
      return "nothing is proven about how far this is from the best plan";
    }
    return gapPercent <= 0
        ? "proven best: no plan that keeps to the constraints gives less than %s"
            .formatted(Amounts.number(bound.value()))
        : "at most %.2f %% from the best there could be: gives %s, no plan gives less than %s"
            .formatted(
                gapPercent, Amounts.number(bound.value()), Amounts.number(bound.lowerBound()));
  }
}
