package io.edgeshard.verticles.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.fixture.TinyModel;
import io.edgeshard.verticles.config.JoinToken;
import io.edgeshard.verticles.local.node.EdgeShardNode;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that knows the cluster's name and address, but not its token, on real Hazelcast. */
class JoinTokenIT {
  @TempDir Path folder;

  @Test
  void whoeverHasAnotherTokenIsRefusedOnBothSidesAndTheClusterGoesOn() {
    try (TestCluster cluster =
        TestCluster.start(TinyModel.grouped().writeTo(folder), folder, WeightType.EXACT, 64, 3)) {
      Future<EdgeShardNode> stranger = cluster.join("stranger", JoinToken.random());
      Conditions.await(
          "the stranger to be shown as refused",
          Duration.ofSeconds(30),
          () -> cluster.api().cluster().at("/refused/0/node").asText().equals("stranger"),
          () -> cluster.api().cluster().toString());
      TestCluster.await(stranger.otherwiseEmpty());
      assertThat(stranger.cause())
          .hasMessageContaining("expected the join token of this cluster, found another");
      JsonNode seen = cluster.api().cluster();
      assertThat(seen.at("/nodes")).hasSize(1);
      assertThat(seen.at("/refused/0/host").asText()).isEqualTo("127.0.0.1");
      assertThat(seen.at("/refused/0/reason").asText()).contains("join token");
      assertThat(cluster.api().isReady()).isTrue();
    }
  }
}
