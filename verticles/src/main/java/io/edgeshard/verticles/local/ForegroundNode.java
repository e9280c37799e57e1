package io.edgeshard.verticles.local;

import io.edgeshard.runtime.session.EngineEnd;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.local.network.Reachability;
import io.edgeshard.verticles.local.network.ServedUrl;
import io.edgeshard.verticles.local.node.ClusterView;
import io.edgeshard.verticles.local.node.EdgeShardNode;
import io.edgeshard.verticles.local.node.NodeStartException;
import io.edgeshard.verticles.local.node.NodeStarter;
import io.edgeshard.verticles.local.runfile.ProcessIdentity;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.verticles.settings.NodeSettings;
import io.edgeshard.verticles.settings.Settings;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that is this process: from the check of its ports to the removal of its run file.
 *
 * <p>A signal ends it: the node leaves its cluster in order, what computes comes to its end, and
 * where that takes longer than {@link #END_LIMIT} the process ends all the same.
 */
public final class ForegroundNode {
  private static final Logger LOG = LoggerFactory.getLogger(ForegroundNode.class);
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(4200);
  private static final Duration END_LIMIT = Duration.ofMillis(4600);
  private static final Duration LOOK_PAUSE = Duration.ofSeconds(1);
  private static final Duration COMPUTING_LIMIT = Duration.ofMillis(300);
  private static final int HALTED = 1;
  private static final int SIGNALLED = 128;

  private final NodeConfig config;
  private final Settings settings;
  private final RunFiles runFiles;
  private final CompletableFuture<EdgeShardNode> node = new CompletableFuture<>();
  private volatile boolean ended;
  private volatile Runnable whenEnded = () -> {};
  private RunFile runFile;

  /**
   * A node yet to be started.
   *
   * @param log where it logs; empty for standard error
   * @param launcher the process that this one must not outlive; null for none
   */
  public ForegroundNode(
      NodeConfig config,
      Settings settings,
      RunFiles runFiles,
      Optional<Path> log,
      @Nullable ProcessIdentity launcher) {
    this.config = config;
    this.settings = settings;
    this.runFiles = runFiles;
    this.runFile = RunFile.of(config, settings, log, launcher);
  }

  /** Starts it; it is in its cluster when this returns. */
  public RunFile start(NodeStarter starter) {
    new PortCheck(config, settings, runFiles).check();
    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "node-end"));
    EndSignals.hear(number -> exit(SIGNALLED + number));
    if (runFile.launcher() != null) {
      ParentWatch.watch(runFile.launcher(), () -> exit(HALTED));
    }
    write(runFile);
    config.join().ifPresent(this::awaitOther);
    EdgeShardNode started = started(starter);
    node.complete(started);
    write(
        runFile
            .servedAt(started.httpAddress().map(http -> ServedUrl.of(http.host(), http.port())))
            .recommending(started.recommendedSampling()));
    return runFile;
  }

  /** A process that is ending has removed its file, and leaves none behind. */
  private synchronized void write(RunFile file) {
    runFile = file;
    if (!ended) {
      runFiles.write(file);
    }
  }

  /** Waits for the signal that ends the process. */
  public void awaitEnd() throws InterruptedException {
    // This wait is what the process is for; a signal or the launcher's end is its limit.
    new CountDownLatch(1).await();
  }

  /**
   * The same, and looks about every second.
   *
   * @param atEnd done once the node has left its cluster
   */
  public void awaitEnd(Look look, Runnable atEnd) throws InterruptedException {
    whenEnded = atEnd;
    while (!ended) {
      look.look();
      TimeUnit.MILLISECONDS.sleep(LOOK_PAUSE.toMillis());
    }
    awaitEnd();
  }

  /** The cluster that it has joined, as it sees it now; empty for the first of a cluster. */
  public Optional<ClusterView> view() {
    return Optional.ofNullable(node.getNow(null)).flatMap(EdgeShardNode::view);
  }

  private void awaitOther(NodeConfig.Address other) {
    Duration limit = settings.get(NodeSettings.JOIN_TIMEOUT);
    if (!Reachability.await(other, limit)) {
      throw new NodeStartException(
          "expected an EdgeShard node that listens on "
              + other
              + ", found none within "
              + limit.toSeconds()
              + " s: start it there with --host "
              + other.host()
              + " and open its cluster and bus ports in the firewall, or correct the address");
    }
  }

  private EdgeShardNode started(NodeStarter starter) {
    try {
      return starter
          .start(config)
          .toCompletionStage()
          .toCompletableFuture()
          .get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new NodeStartException(sentence(e.getCause() == null ? e : e.getCause()), e);
    } catch (TimeoutException e) {
      throw new NodeStartException(
          "the node has not started within " + START_LIMIT.toMinutes() + " minutes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NodeStartException("the start was interrupted", e);
    }
  }

  private static String sentence(Throwable cause) {
    if (isOfPort(cause)) {
      return "expected free ports, found one in use or not allowed ("
          + cause.getMessage()
          + "): end what uses it, or choose others with --port, --cluster-port and --bus-port";
    }
    String message = cause.getMessage();
    return message == null || message.isBlank() ? cause.toString() : message;
  }

  private static boolean isOfPort(Throwable cause) {
    for (@Nullable Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof BindException) {
        return true;
      }
    }
    return false;
  }

  private void exit(int status) {
    end();
    System.exit(status);
  }

  /** Once; who comes second, such as the shutdown hook after a signal, waits until it is done. */
  private synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    CompletableFuture.delayedExecutor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .execute(() -> Runtime.getRuntime().halt(HALTED));
    Optional.ofNullable(node.getNow(null)).ifPresent(ForegroundNode::close);
    runFiles.remove(runFile);
    whenEnded.run();
    if (!EngineEnd.await(COMPUTING_LIMIT)) {
      LOG.warn("event=node.end.hard reason=\"a step has not come to its end\"");
      Runtime.getRuntime().halt(HALTED);
    }
  }

  private static void close(EdgeShardNode node) {
    try {
      node.close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("event=node.close.failed reason=\"{}\"", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
