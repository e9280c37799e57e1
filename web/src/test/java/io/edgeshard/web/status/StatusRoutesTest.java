package io.edgeshard.web.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.Http;
import io.edgeshard.web.RawConnection;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Health, metrics and the state of the cluster. */
class StatusRoutesTest extends WebTest {
  @Test
  void health_readyCluster_liveAndReady() throws Exception {
    assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(http.get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void health_clusterNotReady_liveAndTheReasonWhyNotReady() throws Exception {
    server.cluster().become(ScriptedClusterStatus.notReady("Node two is silent."));

    HttpResponse<String> ready = http.get("/health/ready");

    assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(Http.json(ready.body()))
        .isEqualTo(Http.json("{\"status\":\"not ready\",\"reason\":\"Node two is silent.\"}"));
  }

  @Test
  void cluster_asJson_allThereIs() throws Exception {
    JsonNode cluster = Http.json(http.get("/cluster").body());

    assertThat(cluster.at("/ready").asBoolean()).isTrue();
    assertThat(cluster.at("/nodes/1"))
        .isEqualTo(
            Http.json(
                """
                {"id":"two","state":"ready","layerStart":10,"layerEnd":30,"embedding":false,
                 "head":true,"memoryPlannedBytes":80,"memoryUsedBytes":90,"memoryLimitBytes":100}
                """));
  }

  @Test
  void metrics_afterAnswers_countThemAndHoldNoText() throws Exception {
    server.generator().play(it -> it.tokens("secret", "b").finish(FinishReason.STOP));
    http.post(CHAT, chat("\"user\":\"secret\""));
    http.post(CHAT, chat("\"stream\":true"));
    http.post(CHAT, "{}");
    server.generator().play(it -> it.fail("node_lost", "secret"));
    http.post(CHAT, chat());

    String metrics = http.get("/metrics").body();

    assertThat(metrics)
        .contains("edgeshard_ttft_seconds_count 2")
        .contains("edgeshard_ttft_seconds_bucket{le=\"0.5\"}")
        .contains("edgeshard_tpot_seconds_count 2")
        .contains("edgeshard_queue_seconds_count 2")
        .contains("edgeshard_tokens_total{kind=\"prompt\"} 14.0")
        .contains("edgeshard_tokens_total{kind=\"completion\"} 6.0")
        .contains("edgeshard_answers_total{outcome=\"completed\"} 2.0")
        .contains("edgeshard_answers_total{outcome=\"failed\"} 1.0")
        .contains("edgeshard_answers_in_flight 0.0")
        .contains(
            "edgeshard_http_requests_total{route=\"/v1/chat/completions\",status=\"200\"} 2.0")
        .contains(
            "edgeshard_http_requests_total{route=\"/v1/chat/completions\",status=\"400\"} 1.0")
        .contains(
            "edgeshard_http_requests_total{route=\"/v1/chat/completions\",status=\"502\"} 1.0")
        .doesNotContain("secret");
  }

  @Test
  void clusterEvents_listening_oneAtOnceAndOneForEachChange() throws Exception {
    try (RawConnection listener = RawConnection.open(server)) {
      listener.send("GET /cluster/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(listener.readUntil("\n\n")).contains("200 OK", "\"steps\":0");

      server.cluster().become(ScriptedClusterStatus.ready(5));
      assertThat(listener.readUntil("\n\n")).contains("\"steps\":5");
      server.cluster().become(ScriptedClusterStatus.notReady("Gone."));
      assertThat(listener.readUntil("\n\n")).contains("\"reason\":\"Gone.\"");
    }
  }

  /** Whether there comes a time, of several intervals, without a look. */
  private boolean looksStop() {
    for (int tries = 0; tries < 50; tries++) {
      int before = server.cluster().lookCount();
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS))
          .join();
      if (server.cluster().lookCount() == before) {
        return true;
      }
    }
    return false;
  }

  @Test
  void clusterEvents_listenerLeft_nobodyLooksAnyMore() throws Exception {
    RawConnection listener = RawConnection.open(server);
    listener.send("GET /cluster/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    listener.readUntil("\"steps\":0");
    listener.reset();

    assertThat(looksStop()).isTrue();
  }
}
