package io.edgeshard.verticles.local.cluster;

import io.edgeshard.verticles.local.Look;
import io.edgeshard.verticles.local.node.NodeStartException;
import io.edgeshard.web.status.ClusterStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Node processes on this machine that live and end together.
 *
 * <p>All are started at once: those that join wait by themselves until the first is there, while
 * their JVMs already warm up. Ending goes the other way round for clients: first the node that
 * serves them, so that it can end its answers properly, then the rest together.
 */
public final class LocalCluster implements AutoCloseable {
  private static final long PAUSE_MS = 100;
  private static final long LOOK_PAUSE_MS = 1000;
  private static final Duration FIRST_END_LIMIT = Duration.ofMillis(2500);
  private static final Duration END_LIMIT = Duration.ofMillis(4500);
  private static final int SHOWN_LOG_LINES = 12;

  private final LocalClusterPlan plan;
  private final List<NodeProcess> processes = new ArrayList<>();
  private boolean closed;

  /** A cluster yet to be launched. */
  public LocalCluster(LocalClusterPlan plan) {
    this.plan = plan;
  }

  /** Starts the processes. */
  public void launch() {
    RunFolders.removeStaleBeside(plan.folder());
    for (LocalClusterPlan.Node node : plan.nodes()) {
      synchronized (this) {
        if (closed) {
          return;
        }
        processes.add(NodeProcess.start(node, plan.folder()));
      }
    }
  }

  /**
   * Waits until a request would be answered.
   *
   * @param progress told why not yet, each time the reason changes
   * @throws NodeStartException when a node ends or the limit is reached before
   */
  public ClusterStatus awaitReady(Duration limit, Consumer<String> progress)
      throws InterruptedException {
    ClusterClient client = new ClusterClient(plan.url());
    long end = System.nanoTime() + limit.toNanos();
    String told = "";
    while (System.nanoTime() < end) {
      Optional<NodeProcess> ended = anyEnded();
      if (ended.isPresent()) {
        throw failure(
            ended.get(),
            "has ended with code %d: %s"
                .formatted(ended.get().process().exitValue(), ended.get().lastWord()));
      }
      Optional<ClusterStatus> status = client.status();
      if (status.filter(ClusterStatus::ready).isPresent() && client.isReady()) {
        return status.get();
      }
      String reason = status.map(ClusterStatus::reason).orElse("the first node is starting");
      if (!reason.isEmpty() && !reason.equals(told)) {
        progress.accept(reason);
        told = reason;
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
    throw failure(first(), "is not ready after " + limit.toSeconds() + " s: " + told);
  }

  /**
   * Waits for the end of the first node, without which clients are not served.
   *
   * @param news told of every node that ends by itself
   * @param look done every second meanwhile
   * @return the first node's exit code
   */
  public int awaitEnd(Consumer<String> news, Look look) throws InterruptedException {
    List<NodeProcess> going = running();
    NodeProcess first = first();
    long looked = System.nanoTime();
    // How long the user leaves it running is the limit of this wait.
    while (going.contains(first)) {
      first.hasEnded(PAUSE_MS);
      for (NodeProcess node : List.copyOf(going)) {
        if (!node.process().isAlive()) {
          going.remove(node);
          tell(node, news);
        }
      }
      if (elapsedMs(looked) >= LOOK_PAUSE_MS) {
        look.look();
        looked = System.nanoTime();
      }
    }
    return first.process().exitValue();
  }

  private synchronized void tell(NodeProcess ended, Consumer<String> news) {
    if (!closed) {
      news.accept(
          "%s has ended with code %d, its log is %s"
              .formatted(ended.name(), ended.process().exitValue(), ended.logFile()));
    }
  }

  @Override
  public void close() {
    end();
  }

  /**
   * Ends all nodes in order, by force after a limit; nothing of the run is left then. False when
   * that was done before.
   */
  public synchronized boolean end() {
    if (closed) {
      return false;
    }
    closed = true;
    long start = System.nanoTime();
    try {
      if (!processes.isEmpty()) {
        first().end();
        first().hasEnded(FIRST_END_LIMIT.toMillis());
      }
      processes.forEach(NodeProcess::end);
      for (NodeProcess node : processes) {
        node.hasEnded(END_LIMIT.toMillis() - elapsedMs(start));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    processes.forEach(NodeProcess::kill);
    RunFolders.remove(plan.folder());
    return true;
  }

  private synchronized NodeProcess first() {
    return processes.get(0);
  }

  private synchronized List<NodeProcess> running() {
    return new ArrayList<>(processes);
  }

  private Optional<NodeProcess> anyEnded() {
    return running().stream().filter(node -> !node.process().isAlive()).findFirst();
  }

  private static NodeStartException failure(NodeProcess node, String what) {
    List<String> lines = node.lastLogLines(SHOWN_LOG_LINES);
    String log = lines.isEmpty() ? "" : "\nthe end of its log:\n  " + String.join("\n  ", lines);
    return new NodeStartException(node.name() + " " + what + log);
  }

  private static long elapsedMs(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
