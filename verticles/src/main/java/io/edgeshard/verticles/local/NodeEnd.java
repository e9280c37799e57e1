package io.edgeshard.verticles.local;

import io.edgeshard.verticles.local.runfile.RunFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ends nodes of this machine: first those that serve clients, so that they can end their answers,
 * then the rest together. Each is asked with SIGTERM, and killed when it has not ended in time.
 */
public final class NodeEnd {
  private static final Duration FIRST_LIMIT = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofSeconds(8);
  private static final long PAUSE_MS = 20;

  private NodeEnd() {}

  /** Ends nodes and whatever launched them; tells of those that had to be killed. */
  public static List<RunFile> end(Collection<RunFile> nodes) throws InterruptedException {
    long start = System.nanoTime();
    List<RunFile> serving = nodes.stream().filter(node -> node.url() != null).toList();
    ask(serving);
    await(serving, start, FIRST_LIMIT);
    ask(nodes);
    return await(nodes, start, LIMIT).stream().filter(NodeEnd::kill).toList();
  }

  /** Ends one node and leaves those beside it; true when it had to be killed. */
  public static boolean endAlone(RunFile node) throws InterruptedException {
    RunFile alone = node.withoutLauncher();
    ask(List.of(alone));
    return await(List.of(alone), System.nanoTime(), LIMIT).stream().anyMatch(NodeEnd::kill);
  }

  /** A launcher is asked in place of its nodes: it ends them in order and has more to tidy up. */
  private static void ask(Collection<RunFile> nodes) {
    nodes.stream()
        .map(RunFile::owner)
        .distinct()
        .forEach(owner -> owner.find().ifPresent(ProcessHandle::destroy));
  }

  private static List<RunFile> await(Collection<RunFile> nodes, long start, Duration limit)
      throws InterruptedException {
    List<RunFile> left = new ArrayList<>(nodes);
    left.removeIf(NodeEnd::hasEnded);
    while (!left.isEmpty() && System.nanoTime() - start < limit.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      left.removeIf(NodeEnd::hasEnded);
    }
    return left;
  }

  private static boolean hasEnded(RunFile node) {
    return node.process().find().isEmpty()
        && (node.launcher() == null || node.launcher().find().isEmpty());
  }

  private static boolean kill(RunFile node) {
    return node.process().find().map(ProcessHandle::destroyForcibly).orElse(false);
  }
}
