package io.edgeshard.verticles.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.verticles.membership.NodeInfo;
import io.edgeshard.verticles.membership.SharedMaps;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProfileMapsTest {
  private static final NodeInfo A = new NodeInfo("a", "member-a", "127.0.0.1", 1 << 20, 2, "");
  private static final NodeInfo B = new NodeInfo("b", "member-b", "127.0.0.1", 1 << 20, 2, "");
  private final Vertx vertx = Vertx.vertx();
  private final ProfileMaps maps = ProfileMaps.of(new SharedMaps(vertx));

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void read_whatWasPut_isTheSame() {
    NodeMeasurement plain = Published.node(A, "m");
    NodeMeasurement measured =
        new NodeMeasurement(
            plain.node(),
            plain.memberId(),
            plain.machine(),
            plain.processor(),
            plain.model(),
            plain.memory(),
            plain.times(),
            plain.spread(),
            1.25,
            new PowerDraw(65, 8));
    await(maps.put(measured));
    await(maps.put(Published.link(A, B)));
    assertThat(await(maps.read(member -> true)))
        .isEqualTo(
            new Measurements(
                Map.of(new NodeId("a"), measured),
                Map.of(Published.link(A, B).id(), Published.link(A, B))));
  }

  @Test
  void read_processGone_isIgnoredAndRemoved() {
    await(maps.put(Published.node(A, "m")));
    await(maps.put(Published.node(B, "m")));
    await(maps.put(Published.link(A, B)));
    Measurements alive = await(maps.read("member-a"::equals));
    assertThat(alive.nodes()).containsOnlyKeys(new NodeId("a"));
    assertThat(alive.links()).isEmpty();
    assertThat(await(maps.read(member -> true)).nodes()).containsOnlyKeys(new NodeId("a"));
  }

  @Test
  void read_damagedAndNonsense_isLeftOut() {
    await(maps.put(Published.link(A, B)));
    List<String> damaged =
        List.of(
            "{",
            "null",
            "{\"from\":\"c\",\"to\":\"d\"}",
            "{\"from\":\"c\",\"to\":\"d\",\"fromMemberId\":\"m\",\"toMemberId\":\"n\",\"latencyMs\":-1,\"bytesPerSecond\":1}",
            "{\"from\":\"c\",\"to\":\"d\",\"fromMemberId\":\"m\",\"toMemberId\":\"n\",\"latencyMs\":1,\"bytesPerSecond\":\"NaN\"}");
    for (int i = 0; i < damaged.size(); i++) {
      String key = "damaged-" + i;
      String text = damaged.get(i);
      await(
          vertx
              .sharedData()
              .<String, String>getAsyncMap("edgeshard.links")
              .compose(map -> map.put(key, text)));
    }
    assertThat(await(maps.read(member -> true)).links())
        .containsOnlyKeys(Published.link(A, B).id());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }
}
