package io.edgeshard.verticles.profile.node;

import io.edgeshard.verticles.machine.MachineTurn;
import io.edgeshard.verticles.profile.NodeMeasurement;
import io.edgeshard.verticles.profile.NodeMeasurement.Model;
import io.edgeshard.verticles.profile.node.ComputeMeasuring.Figures;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures this node, or finds what was measured before. Blocks, and longer while requests are
 * served: to be called on a thread of its own.
 *
 * <p>Nodes of one machine measure one after another, and who comes second finds what the first
 * measured.
 */
public final class NodeProfiler {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProfiler.class);

  /** For measuring one model on one node. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private final NodeFacts facts;
  private final ComputeMeasuring measuring;
  private final ProfileStore store;
  private final Path folder;

  /**
   * A profiler that has not measured yet.
   *
   * @param folder where what is measured is kept; need not exist
   */
  public NodeProfiler(NodeFacts facts, ComputeMeasuring measuring, Path folder) {
    this.facts = facts;
    this.measuring = measuring;
    this.store = new ProfileStore(folder);
    this.folder = folder;
  }

  /** What this node has to say of itself. */
  NodeMeasurement measure(MeasureNode command) {
    ProfileKey key = key(command);
    Optional<Figures> kept = command.fresh() ? Optional.empty() : store.find(key);
    return document(key, kept.orElseGet(() -> inTurn(command, key)));
  }

  private Figures inTurn(MeasureNode command, ProfileKey key) {
    return MachineTurn.take(
        folder,
        () -> {
          Optional<Figures> meanwhile = command.fresh() ? Optional.empty() : store.find(key);
          return meanwhile.orElseGet(() -> anew(command, key));
        });
  }

  private Figures anew(MeasureNode command, ProfileKey key) {
    long start = System.nanoTime();
    Figures figures = measuring.measure(command, LIMIT);
    store.keep(key, figures);
    LOG.info(
        "event=node-measured node={} tookMs={} spread={} decodeLayerMs={}",
        facts.node(),
        Duration.ofNanos(System.nanoTime() - start).toMillis(),
        figures.spread(),
        figures.times().decode().ms(1, 0));
    return figures;
  }

  private ProfileKey key(MeasureNode command) {
    Model model =
        new Model(
            command.modelSha256(),
            command.weightType().label(),
            facts.engineVersion(),
            facts.threads());
    return new ProfileKey(model, command.prefillChunkTokens(), facts.processor());
  }

  private NodeMeasurement document(ProfileKey key, Figures figures) {
    return new NodeMeasurement(
        facts.node(),
        facts.memberId(),
        facts.machine(),
        facts.processor(),
        key.model(),
        facts.memory(),
        figures.times(),
        figures.spread(),
        1,
        facts.power().orElse(null));
  }
}
