package io.edgeshard.verticles;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.machine.MachineTurn;
import io.edgeshard.verticles.profile.node.NodeFacts;
import io.edgeshard.verticles.reference.ExpectedAnswer;
import io.edgeshard.verticles.reference.ReferenceQuestion;
import io.edgeshard.verticles.reference.ReferenceRun;
import io.edgeshard.verticles.reference.ReferenceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the unsplit model answers, as the first node finds or computes it. Blocks. */
final class ReferenceOfNode {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceOfNode.class);

  private final NodeConfig config;
  private final NodeFacts facts;

  ReferenceOfNode(NodeConfig config, NodeFacts facts) {
    this.config = config;
    this.facts = facts;
  }

  /** The answer; empty, and logged, where this node cannot run the model even layer by layer. */
  Optional<ExpectedAnswer> answer(FirstModel model, ReferenceQuestion question) {
    String weights = config.serving().weights().label();
    String key =
        "%s %s %s %s %s %d"
            .formatted(
                model.sha256(),
                weights,
                facts.engineVersion(),
                facts.processor(),
                Arrays.toString(question.promptIds()),
                question.tokenCount());
    try {
      return Optional.of(
          new ReferenceStore(config.cacheFolder().resolve("references"))
              .get(key, () -> compute(model.path(), question)));
    } catch (ModelException impossible) {
      LOG.warn("event=reference-missing reason=\"{}\"", impossible.getMessage());
      return Optional.empty();
    }
  }

  /** In turn with the nodes of this machine that measure themselves. */
  private ExpectedAnswer compute(Path file, ReferenceQuestion question) {
    return MachineTurn.take(
        config.profileFolder(),
        () -> {
          long start = System.nanoTime();
          try (Checkpoint checkpoint = Checkpoint.open(file)) {
            return new ReferenceRun(
                    checkpoint,
                    config.serving().weights(),
                    config.shard().threads(),
                    facts.memoryLimitBytes())
                .answer(question.promptIds(), question.tokenCount());
          } finally {
            LOG.info(
                "event=reference-computed tookMs={}",
                Duration.ofNanos(System.nanoTime() - start).toMillis());
          }
        });
  }
}
