package io.edgeshard.verticles;

import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.store.ModelStore;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.membership.ModelInfo;
import io.edgeshard.verticles.settings.ByteSize;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;

/** The role of every further node: learns the model from the cluster and offers itself. */
final class JoiningNode {
  private static final Duration LOOK_INTERVAL = Duration.ofMillis(200);
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(30);

  private final Node node;
  private final NodeConfig config;

  JoiningNode(Node node) {
    this.node = node;
    this.config = node.config();
  }

  Future<Void> start() {
    return awaitModel(System.nanoTime() + LOOK_LIMIT.toNanos())
        .compose(
            model ->
                node.vertx()
                    .executeBlocking(() -> locate(model.sha256(), model))
                    .compose(file -> node.deployStage(wanted -> file(wanted, model, file)))
                    .onSuccess(
                        stage -> node.sees(new JoinedCluster(config, model, stage::assignment))))
        .compose(node::deployMembership);
  }

  /** The first node publishes its model a moment after it can be joined. */
  private Future<ModelInfo> awaitModel(long deadlineNanos) {
    return node.maps()
        .model()
        .compose(
            model -> {
              if (model.isPresent()) {
                return Future.succeededFuture(model.get());
              }
              if (System.nanoTime() - deadlineNanos > 0) {
                return Future.failedFuture(
                    "expected the cluster to say which model it serves, found nothing for "
                        + LOOK_LIMIT.toSeconds()
                        + " s: start its first node with a model");
              }
              return node.vertx()
                  .timer(LOOK_INTERVAL.toMillis())
                  .compose(looked -> awaitModel(deadlineNanos));
            });
  }

  private Path file(String wantedSha256, ModelInfo joined, Path found) {
    return wantedSha256.equals(joined.sha256()) ? found : locate(wantedSha256, joined);
  }

  private Path locate(String sha256, ModelInfo model) {
    try {
      return new ModelStore(config.cacheFolder()).find(config.model(), sha256, model.bytes());
    } catch (ModelException missing) {
      throw new ModelException(missing.getMessage() + howToCopy(model), missing);
    }
  }

  private String howToCopy(ModelInfo model) {
    Path models = config.cacheFolder().resolve("models");
    return model.file().isEmpty() || config.model().isPresent()
        ? ""
        : "; it is %s, %s: mkdir -p %s && scp %s:%s %s/"
            .formatted(
                Path.of(model.file()).getFileName(),
                ByteSize.format(model.bytes()),
                models,
                model.host(),
                model.file(),
                models);
  }
}
