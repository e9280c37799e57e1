package io.edgeshard.verticles.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.verticles.local.node.EdgeShardNode;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that want the same name, on real Hazelcast. */
class NodeNameIT {
  @TempDir Path folder;
  private TestCluster cluster;

  @BeforeEach
  void start() {
    cluster =
        TestCluster.start(TinyModel.grouped().writeTo(folder), folder, WeightType.EXACT, 64, 3);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void ofTwoNodesStartedTogetherUnderOneNameOneEndsWithASentence() {
    List<Future<EdgeShardNode>> twins = List.of(cluster.join("twin"), cluster.join("twin"));
    TestCluster.await(Future.join(twins).otherwiseEmpty());
    assertThat(twins.stream().filter(Future::failed))
        .singleElement()
        .satisfies(
            loser ->
                assertThat(loser.cause())
                    .hasMessage(
                        "expected a node name that is free in the cluster, found twin there"
                            + " already, on 127.0.0.1: choose another with --name"));
    closeAll(twins);
  }

  @Test
  void aNodeThatMayNotHaveItsNameLeavesTheOneThatHasItAlone() {
    Future<EdgeShardNode> impostor = cluster.join("node-1");
    TestCluster.await(impostor.otherwiseEmpty());
    assertThat(impostor.cause()).hasMessageContaining("found node-1 there already");
    assertThat(cluster.api().isReady()).isTrue();
  }

  @Test
  void aNameThatWasLeftIsFreeAgain() {
    TestCluster.await(TestCluster.await(cluster.join("guest")).close());
    closeAll(List.of(cluster.join("guest")));
  }

  private static void closeAll(List<Future<EdgeShardNode>> nodes) {
    Stream<EdgeShardNode> started =
        nodes.stream()
            .map(node -> TestCluster.await(node.transform(end -> Future.succeededFuture(end))))
            .filter(end -> end.succeeded())
            .map(end -> end.result());
    assertThat(started.toList()).singleElement().satisfies(node -> TestCluster.await(node.close()));
  }
}
