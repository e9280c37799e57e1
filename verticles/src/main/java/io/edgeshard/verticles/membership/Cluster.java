package io.edgeshard.verticles.membership;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import io.edgeshard.verticles.config.JoinToken;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.config.NodeConfig.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A clustered Vert.x and the membership beneath it. */
public final class Cluster {
  private static final int CONNECT_LIMIT_MS = 2000;
  private static final int PING_MS = 5000;

  private final Vertx vertx;
  private final HazelcastClusterManager manager;
  private final JoinToken joinToken;

  private Cluster(Vertx vertx, HazelcastClusterManager manager, JoinToken joinToken) {
    this.vertx = vertx;
    this.manager = manager;
    this.joinToken = joinToken;
  }

  /** Founds the cluster, or joins the one that the settings name. */
  public static Future<Cluster> form(NodeConfig config) {
    HazelcastClusterManager manager = new HazelcastClusterManager(hazelcast(config));
    EventBusOptions bus =
        new EventBusOptions()
            .setHost(config.host())
            .setPort(config.busPort())
            .setConnectTimeout(CONNECT_LIMIT_MS)
            .setClusterPingInterval(PING_MS)
            .setClusterPingReplyInterval(PING_MS);
    VertxOptions options =
        new VertxOptions()
            .setEventBusOptions(bus)
            // One loop for the bus and all verticles: a token changes threads as seldom as it can.
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(4)
            .setInternalBlockingPoolSize(4)
            .setWarningExceptionTime(500)
            .setWarningExceptionTimeUnit(TimeUnit.MILLISECONDS);
    return Vertx.builder()
        .with(options)
        .withClusterManager(manager)
        .buildClustered()
        .map(vertx -> new Cluster(vertx, manager, config.joinToken()));
  }

  public Vertx vertx() {
    return vertx;
  }

  /** This process's id in the cluster. */
  public String memberId() {
    return manager.getNodeId();
  }

  /** The ids of all live processes. */
  public List<String> memberIds() {
    return manager.getNodes();
  }

  /** The token that its nodes prove themselves with. */
  JoinToken joinToken() {
    return joinToken;
  }

  /**
   * Says who this process is, and waits until a node that was here before has proven itself: one
   * that has another token is not to take part, nor to offer its memory to strangers.
   */
  public Future<Void> enter(SharedMaps maps, NodeInfo self) {
    return maps.announce(self).compose(announced -> new Encounter(this, maps, self).await());
  }

  /** Claims a node's name; fails with a sentence when another node has it. */
  public Future<Void> claimName(SharedMaps maps, NodeInfo self) {
    return maps.claimName(
            self,
            holder -> memberIds().contains(holder.memberId()) && holder.isProvenWith(joinToken))
        .compose(
            other ->
                other.isEmpty()
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        "expected a node name that is free in the cluster, found %s there already, on %s: choose another with --name"
                            .formatted(self.node(), other.get().host())));
  }

  /** Calls back, on any thread, whenever a member has come or gone. */
  public void onChange(Runnable changed) {
    manager
        .getHazelcastInstance()
        .getCluster()
        .addMembershipListener(
            new MembershipAdapter() {
              @Override
              public void memberAdded(MembershipEvent event) {
                changed.run();
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                changed.run();
              }
            });
  }

  private static Config hazelcast(NodeConfig config) {
    Properties settings = new Properties();
    Address member = config.join().orElse(new Address(config.host(), config.clusterPort()));
    settings.setProperty("edgeshard.cluster-name", config.clusterName());
    settings.setProperty("edgeshard.host", config.host());
    settings.setProperty("edgeshard.cluster-port", Integer.toString(config.clusterPort()));
    settings.setProperty("edgeshard.member", member.toString());
    try (InputStream xml = Cluster.class.getResourceAsStream("/cluster.xml")) {
      return new XmlConfigBuilder(xml).setProperties(settings).build();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
