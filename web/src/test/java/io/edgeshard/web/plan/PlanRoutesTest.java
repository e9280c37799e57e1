package io.edgeshard.web.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeshard.web.Http;
import io.edgeshard.web.RunningServer;
import io.edgeshard.web.WebSettings;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.status.ScriptedClusterStatus;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan, what would be, and orders to measure and plan again, over HTTP. */
class PlanRoutesTest extends WebTest {
  private static final String PLAN = "/cluster/plan";
  private static final String WHAT_IF = "/cluster/what-if";
  private static final String PROFILE = "/cluster/profile";
  private static final String JSON = "application/json";

  @Test
  void plan_none_404AndWhy() throws Exception {
    assertError(http.get(PLAN), 404, "no_plan", "there is no plan yet");

    server.cluster().become(ScriptedClusterStatus.notReady("Node two is still being measured."));

    assertError(http.get(PLAN), 404, "no_plan", "Node two is still being measured.");
  }

  @Test
  void plan_inForce_wholeExplanation() throws Exception {
    server.plans().become(PlanViews.measured(7));

    HttpResponse<String> answer = http.get(PLAN);
    JsonNode plan = Http.json(answer.body());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    assertThat(plan.at("/planId").asLong()).isEqualTo(7);
    assertThat(plan.at("/stages/1/measuredDecodeMs").asDouble()).isEqualTo(6.1);
    assertThat(plan.at("/nodes/3/memory").isNull()).isTrue();
    assertThat(plan.at("/nodes/0/memory"))
        .isEqualTo(
            Http.json(
                """
                {"weightsBytes":98566144,"kvCacheBytes":25165824,"activationsBytes":12582912,
                 "processBytes":100663296,"headroomBytes":53477376}
                """));
    assertThat(plan.at("/leftOut/0/reason").asText()).contains("8 Mbit/s");
    assertThat(plan.at("/bound/gapPercent").asDouble()).isEqualTo(2.2);
  }

  @Test
  void whatIf_change_newPlanAndNothingInForce() throws Exception {
    server.plans().become(PlanViews.predicted(7));
    server.plans().answer(change -> CompletableFuture.completedFuture(PlanViews.withoutLaptop()));

    HttpResponse<String> answer = http.post(WHAT_IF, "{\"remove\":[\"laptop\"]}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Http.json(answer.body()).at("/predicted/tokenMs").asDouble()).isEqualTo(15.12);
    assertThat(server.plans().nextChange().remove()).containsExactly("laptop");
    assertThat(Http.json(http.get(PLAN).body()).at("/planId").asLong()).isEqualTo(7);
  }

  @Test
  void whatIf_refused_422AndTheSentence() throws Exception {
    String sentence = "kitchen-pi and desk lack 12 bytes: raise the cap of desk";
    server
        .plans()
        .answer(change -> CompletableFuture.failedFuture(new PlanRefusedException(sentence)));
    assertError(http.post(WHAT_IF, "{}"), 422, "plan_refused", sentence);

    server
        .plans()
        .answer(
            change ->
                CompletableFuture.failedFuture(
                    new CompletionException(new PlanRefusedException(sentence))));
    assertError(http.post(WHAT_IF, "{}"), 422, "plan_refused", sentence);

    server
        .plans()
        .answer(
            change -> {
              throw new PlanRefusedException(sentence);
            });
    assertError(http.post(WHAT_IF, "{}"), 422, "plan_refused", sentence);
  }

  @Test
  void whatIf_faultOfTheProgram_500WithoutItsWords() throws Exception {
    server
        .plans()
        .answer(change -> CompletableFuture.failedFuture(new IllegalStateException("secret")));

    HttpResponse<String> answer = http.post(WHAT_IF, "{}");

    assertError(answer, 500, "internal_error", "the server made a mistake");
    assertThat(answer.body()).doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"removed\":[\"laptop\"]}",
        "{\"contextTokens\":0}",
        "{\"links\":[{\"from\":\"a\",\"to\":\"b\",\"factor\":1e99}]}",
        "[]",
        ""
      })
  void whatIf_wrongBody_400AndNobodyPlans(String body) throws Exception {
    assertThat(http.post(WHAT_IF, body).statusCode()).isEqualTo(400);
    assertThat(server.plans().isIdle()).isTrue();
  }

  @Test
  void whatIf_notAnswered_503AfterTheLimitAndOthersAreBounded() throws Exception {
    PlanLimits limits = new PlanLimits(Duration.ofMillis(50), Duration.ofMillis(50), 2);
    CompletableFuture<PlanView> never = new CompletableFuture<>();
    try (RunningServer impatient =
        RunningServer.start(WebSettings.forLoopback().withPlans(limits))) {
      impatient.plans().answer(change -> never);
      Http client = new Http(impatient);

      assertError(client.post(WHAT_IF, "{}"), 503, "plan_timeout", "within 50 ms");
      assertError(client.post(WHAT_IF, "{}"), 503, "plan_timeout", "within 50 ms");
      assertError(client.post(WHAT_IF, "{}"), 429, "rate_limit_exceeded", "up to 2");
      assertThat(client.post(PROFILE, "{}").statusCode()).isEqualTo(202);

      never.complete(PlanViews.withoutLaptop());
      impatient.plans().answer(change -> CompletableFuture.completedFuture(PlanViews.predicted(0)));
      assertThat(client.post(WHAT_IF, "{}").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {PROFILE, PLAN})
  void orders_begun_202(String path) throws Exception {
    for (String body : new String[] {"", "{}"}) {
      HttpResponse<String> answer = http.post(path, body);

      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).isEqualTo("{\"state\":\"begun\"}");
      assertThat(path).endsWith(server.plans().nextOrder());
    }
  }

  @Test
  void planAgain_withAWish_isHandedOn() throws Exception {
    String wish = "{\"objective\":\"energy\",\"planner\":\"edge-solo\"}";

    assertThat(http.post(PLAN, wish).statusCode()).isEqualTo(202);

    assertThat(server.plans().nextOrder()).isEqualTo("plan energy edge-solo");
  }

  @Test
  void profileAgain_linksOnly_isHandedOn() throws Exception {
    assertThat(http.post(PROFILE, "{\"linksOnly\":true}").statusCode()).isEqualTo(202);
    assertThat(server.plans().nextOrder()).isEqualTo("profile links");

    assertThat(http.post(PROFILE, "{\"linksOnly\":1}").statusCode()).isEqualTo(400);
    assertThat(server.plans().isIdle()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"objective\":\"speed\"}",
        "{\"planner\":\"\"}",
        "{\"planner\":7}",
        "{\"remove\":[\"laptop\"]}"
      })
  void planAgain_wrongWish_400AndNobodyPlans(String body) throws Exception {
    assertThat(http.post(PLAN, body).statusCode()).isEqualTo(400);
    assertThat(server.plans().isIdle()).isTrue();
  }

  @Test
  void orders_somethingRuns_202AndWaiting() throws Exception {
    PlanLimits limits = new PlanLimits(Duration.ofMillis(50), Duration.ofMillis(50), 2);
    try (RunningServer busy = RunningServer.start(WebSettings.forLoopback().withPlans(limits))) {
      busy.plans().begin(new CompletableFuture<>());

      HttpResponse<String> answer = new Http(busy).post(PROFILE, "{}");

      assertThat(answer.statusCode()).isEqualTo(202);
      assertThat(answer.body()).isEqualTo("{\"state\":\"waiting\"}");
    }
  }

  @Test
  void orders_refused_422AndTheSentence() throws Exception {
    server
        .plans()
        .begin(CompletableFuture.failedFuture(new PlanRefusedException("layers are set by hand")));

    assertError(http.post(PROFILE, "{}"), 422, "plan_refused", "layers are set by hand");
    assertError(http.post(PLAN, "{}"), 422, "plan_refused", "layers are set by hand");
  }

  @ParameterizedTest
  @ValueSource(strings = {PROFILE, PLAN, WHAT_IF})
  void orders_fromElsewhere_areRefused(String path) throws Exception {
    assertThat(http.postWith(path, "{}").statusCode()).isEqualTo(415);
    assertThat(http.postWith(path, "{}", "Content-Type", "text/plain").statusCode()).isEqualTo(415);
    assertThat(
            http.postWith(path, "{}", "Content-Type", JSON, "Origin", "http://evil.example")
                .statusCode())
        .isEqualTo(403);
    assertThat(http.post(path, "{\"a\":\"" + "x".repeat(3 << 20) + "\"}").statusCode())
        .isEqualTo(413);
    assertThat(http.post(path, "{\"now\":true}").statusCode()).isEqualTo(400);
    assertThat(server.plans().isIdle()).isTrue();
  }

  @Test
  void names_ofTheCatalogue_forThePage() throws Exception {
    assertThat(http.get("/cluster/devices").body())
        .isEqualTo("{\"devices\":[\"Jetson AGX Orin\",\"Raspberry Pi 5\",\"RTX 3090\"]}");
    assertThat(http.get("/cluster/models").body())
        .isEqualTo("{\"models\":[\"Llama2-7B\",\"SmolLM2-135M-Instruct\"]}");
  }

  private static void assertError(
      HttpResponse<String> answer, int status, String code, String message) {
    JsonNode error = Http.json(answer.body()).at("/error");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(error.at("/code").asText()).isEqualTo(code);
    assertThat(error.at("/message").asText()).contains(message);
  }
}
