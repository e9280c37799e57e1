package io.edgeshard.verticles.membership;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The values that nodes share, as JSON texts in Hazelcast maps:
 *
 * <ul>
 *   <li>{@code edgeshard.members}: member id to the {@link NodeInfo} with which a process that has
 *       just come announces itself
 *   <li>{@code edgeshard.names}: node name to the {@link NodeInfo} of the process that has claimed
 *       it
 *   <li>{@code edgeshard.nodes}: node name to {@link NodeInfo}, published by each node once its
 *       stage can be used
 *   <li>{@code edgeshard.model}: {@code current} to {@link ModelInfo}, published by the first node
 *   <li>{@code edgeshard.plan}: {@code current} to the plan in force, published by the first node
 *   <li>{@code edgeshard.profiles} and {@code edgeshard.links}: what nodes measured, see {@link
 *       SharedTable}
 * </ul>
 *
 * Every operation fails after a few seconds rather than hang on a frozen owner. A value that cannot
 * be read is logged and left out: others are not to suffer for it. Thread-safe.
 */
public final class SharedMaps {
  private static final String MEMBERS = "edgeshard.members";
  private static final String NAMES = "edgeshard.names";
  private static final String NODES = "edgeshard.nodes";
  private static final String MODEL = "edgeshard.model";
  private static final String PLAN = "edgeshard.plan";
  private static final String CURRENT = "current";
  private static final long LIMIT_SECONDS = 8;

  /** A process that has just joined may not be seen by all others yet. */
  private static final Duration GONE_AFTER = Duration.ofSeconds(1);

  private static final long LEAVE_LIMIT_SECONDS = 2;
  // Fields of a later release are left unread, so neighbouring releases understand each other.
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Vertx vertx;
  private final Duration goneAfter;

  private final SharedTable<NodeInfo> members = table(MEMBERS, NodeInfo.class);
  private final SharedTable<NodeInfo> nodes = table(NODES, NodeInfo.class);

  public SharedMaps(Vertx vertx) {
    this(vertx, GONE_AFTER);
  }

  SharedMaps(Vertx vertx, Duration goneAfter) {
    this.vertx = vertx;
    this.goneAfter = goneAfter;
  }

  /** Says who this process is, before anything else is said. */
  public Future<Void> announce(NodeInfo info) {
    return members.put(info.memberId(), info);
  }

  /** Takes back what a process that is gone announced. */
  public Future<Void> forget(NodeInfo info) {
    return members.remove(info.memberId(), info);
  }

  /** What processes announced of themselves; some may be gone. */
  public Future<List<NodeInfo>> announced() {
    return read(members, NodeInfo::memberId);
  }

  public Future<Void> putNode(NodeInfo info) {
    return nodes.put(info.node(), info);
  }

  /** Takes back what a node says of itself, and its name; not what another process says. */
  public Future<Void> removeNode(NodeInfo info) {
    return removeIfPresent(NODES, info.node(), info)
        .compose(removed -> removeIfPresent(NAMES, info.node(), info))
        .compose(removed -> removeIfPresent(MEMBERS, info.memberId(), info))
        .timeout(LEAVE_LIMIT_SECONDS, TimeUnit.SECONDS)
        .mapEmpty();
  }

  /** Every node that ever published itself and was not removed; some may be gone. */
  public Future<List<NodeInfo>> nodes() {
    return read(nodes, NodeInfo::node);
  }

  /**
   * Claims a node's name for its process, in one step: of two that start together one has it.
   *
   * @param isAlive whether a process is in the cluster, as this node sees it now
   * @return who else has the name; empty when it is this process's from now on
   */
  public Future<Optional<NodeInfo>> claimName(NodeInfo self, Predicate<NodeInfo> isAlive) {
    return map(NAMES)
        .compose(names -> new NameClaim(vertx, names, self, isAlive, goneAfter).claim())
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

  /** A map of values of one type, of this name. */
  public <T> SharedTable<T> table(String name, Class<T> type) {
    return new SharedTable<>(name, type, this::map);
  }

  private Future<Void> put(String map, String key, Object value) {
    return map(map)
        .compose(values -> values.put(key, write(value)))
        .timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private Future<Boolean> removeIfPresent(String map, String key, NodeInfo info) {
    return map(map).compose(values -> values.removeIfPresent(key, write(info)));
  }

  /** The nodes of a map, each under the key that it belongs to. */
  private static Future<List<NodeInfo>> read(
      SharedTable<NodeInfo> table, Function<NodeInfo, String> key) {
    return table
        .all()
        .map(
            found ->
                found.entrySet().stream()
                    .filter(entry -> key.apply(entry.getValue()).equals(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .toList());
  }

  /** A map of the whole cluster; of the process alone where there is no cluster. */
  private Future<AsyncMap<String, String>> map(String name) {
    return vertx.sharedData().getAsyncMap(name);
  }

  static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("expected a value of plain parts", impossible);
    }
  }

  static <T> T read(String text, Class<T> type) {
    try {
      T value = JSON.readValue(text, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException unreadable) {
      throw new IllegalArgumentException(
          "expected a shared value of %s, found something else: %s"
              .formatted(type.getSimpleName(), unreadable.getOriginalMessage()),
          unreadable);
    }
    throw new IllegalArgumentException(
        "expected a shared value of " + type.getSimpleName() + ", found none");
  }
}
