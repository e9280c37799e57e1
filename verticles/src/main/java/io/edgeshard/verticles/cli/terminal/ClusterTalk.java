package io.edgeshard.verticles.cli.terminal;

import io.edgeshard.web.status.ClusterStatus;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a person at the terminal of the node that serves clients is told while it runs: what is new
 * since the last look. Not thread-safe.
 */
public final class ClusterTalk {
  private static final String LOST = "lost";

  private final String page;
  private final Plan plan;
  private final Set<String> gone = new LinkedHashSet<>();
  private boolean hasBeenReady;
  private boolean isReady;
  private String told = "";

  /** What is to be said of a plan that has come into force. */
  @FunctionalInterface
  public interface Plan {
    /** Some lines, perhaps none. */
    List<String> lines() throws InterruptedException;
  }

  private ClusterTalk(String page, Plan plan, boolean isReady) {
    this.page = page;
    this.plan = plan;
    this.isReady = isReady;
    this.hasBeenReady = isReady;
  }

  /** About a cluster that is starting, whose page has this address. */
  public static ClusterTalk ofStarting(String page, Plan plan) {
    return new ClusterTalk(page, plan, false);
  }

  /** About a cluster that has been said to be ready. */
  public static ClusterTalk ofReady(String page, Plan plan) {
    return new ClusterTalk(page, plan, true);
  }

  /** What is new. */
  public List<String> next(ClusterStatus status) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    lost(status, lines);
    back(status, lines);
    if (!status.ready()) {
      progress(status, lines);
    } else if (!isReady) {
      lines.add((hasBeenReady ? "ready again: " : "ready: ") + page);
      lines.addAll(plan.lines());
      hasBeenReady = true;
      told = "";
    }
    isReady = status.ready();
    return lines;
  }

  private void lost(ClusterStatus status, List<String> lines) {
    for (ClusterStatus.Loss loss : status.losses()) {
      if (gone.add(loss.node())) {
        lines.add(
            "node '%s' is gone; on %s this brings it back:".formatted(loss.node(), loss.host()));
        lines.add("  " + loss.bringBack());
      }
    }
  }

  private void back(ClusterStatus status, List<String> lines) {
    Set<String> here =
        status.nodes().stream()
            .filter(node -> !node.state().equals(LOST))
            .map(ClusterStatus.Node::id)
            .collect(Collectors.toSet());
    for (String node : List.copyOf(gone)) {
      if (here.contains(node)) {
        gone.remove(node);
        lines.add("node '" + node + "' is back");
      }
    }
  }

  private void progress(ClusterStatus status, List<String> lines) {
    String reason = status.doing().isEmpty() ? status.reason() : status.doing();
    if (!reason.isEmpty() && !reason.equals(told)) {
      lines.addAll(Paragraph.of("  ", reason));
      told = reason;
    }
  }
}
