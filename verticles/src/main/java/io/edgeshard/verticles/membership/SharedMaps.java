package io.edgeshard.verticles.membership;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The values that nodes share, as JSON texts in Hazelcast maps:
 *
 * <ul>
 *   <li>{@code edgeshard.nodes}: node name to {@link NodeInfo}, published by each node
 *   <li>{@code edgeshard.model}: {@code current} to {@link ModelInfo}, published by the first node
 *   <li>{@code edgeshard.plan}: {@code current} to the plan in force, published by the first node
 * </ul>
 *
 * Every operation fails after a few seconds rather than hang on a frozen owner.
 */
public final class SharedMaps {
  private static final String NODES = "edgeshard.nodes";
  private static final String MODEL = "edgeshard.model";
  private static final String PLAN = "edgeshard.plan";
  private static final String CURRENT = "current";
  private static final long LIMIT_SECONDS = 8;
  private static final long LEAVE_LIMIT_SECONDS = 2;
  // Fields of a later release are left unread, so neighbouring releases understand each other.
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Vertx vertx;

  public SharedMaps(Vertx vertx) {
    this.vertx = vertx;
  }

  public Future<Void> putNode(NodeInfo info) {
    return put(NODES, info.node(), info);
  }

  public Future<Void> removeNode(String node) {
    return map(NODES)
        .compose(nodes -> nodes.remove(node))
        .timeout(LEAVE_LIMIT_SECONDS, TimeUnit.SECONDS)
        .mapEmpty();
  }

  /** Every node that ever published itself and was not removed; some may be gone. */
  public Future<List<NodeInfo>> nodes() {
    return map(NODES)
        .compose(AsyncMap::values)
        .map(values -> values.stream().map(text -> read(text, NodeInfo.class)).toList())
        .timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  public Future<Void> putModel(ModelInfo model) {
    return put(MODEL, CURRENT, model);
  }

  public Future<Optional<ModelInfo>> model() {
    return map(MODEL)
        .compose(models -> models.get(CURRENT))
        .map(text -> Optional.ofNullable(text).map(found -> read(found, ModelInfo.class)))
        .timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Publishes the plan in force. */
  public Future<Void> putPlan(Object plan) {
    return put(PLAN, CURRENT, plan);
  }

  private Future<Void> put(String map, String key, Object value) {
    return map(map)
        .compose(values -> values.put(key, write(value)))
        .timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private Future<AsyncMap<String, String>> map(String name) {
    return vertx.sharedData().getClusterWideMap(name);
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("expected a value of plain parts", impossible);
    }
  }

  private static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException damaged) {
      throw new IllegalArgumentException(
          "expected a shared value of " + type.getSimpleName() + ", found something else", damaged);
    }
  }
}
