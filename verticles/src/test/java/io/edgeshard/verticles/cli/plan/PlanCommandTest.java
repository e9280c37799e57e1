package io.edgeshard.verticles.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.edgeshard.verticles.cli.CommandContext;
import io.edgeshard.verticles.cli.EdgeShardCommand;
import io.edgeshard.verticles.local.TestFolders;
import io.edgeshard.verticles.local.runfile.ProcessIdentity;
import io.edgeshard.verticles.local.runfile.RunFile;
import io.edgeshard.verticles.local.runfile.RunFiles;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.status.ClusterStatus;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCommandTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CLUSTER =
      """
      model: smollm2-135m
      source: home
      nodes:
        - {name: home, device: raspberry-pi-5, memory: 700m}
        - {name: box, device: raspberry-pi-5, memory: 2g}
      links:
        default: {mbps: 100, latency-ms: 0.5}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<String> asked = new ArrayList<>();
  private final Map<String, String> answers = new HashMap<>();
  private @Nullable HttpServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.stop(0);
    }
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    CommandContext context =
        new CommandContext(
            config -> Future.failedFuture("not here"), Map.of(), TestFolders.in(folder));
    return EdgeShardCommand.create(context)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private String file() throws IOException {
    return "--file=" + Files.writeString(folder.resolve("cluster.yaml"), CLUSTER);
  }

  /** A node that answers every request so; remembers what it was asked. */
  private String node(int status, String answer) throws IOException {
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    started.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(
              exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + body);
          byte[] bytes =
              answers
                  .getOrDefault(exchange.getRequestURI().getPath(), answer)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    started.start();
    server = started;
    return "http://127.0.0.1:" + started.getAddress().getPort();
  }

  private String planNode() throws IOException {
    return node(200, MAPPER.writeValueAsString(PlanFixtures.served()));
  }

  @Test
  void plan_file_isExplained() throws IOException {
    assertThat(run("plan", file())).isZero();
    assertThat(out.toString())
        .contains("SmolLM2 135M", "by best", "least time per token", "embedding", "bound");
  }

  @Test
  void plan_fileWithAChange_isComparedWithToday() throws IOException {
    assertThat(run("plan", file(), "--add=rtx-4090@1000,0.1", "--new-tokens=10")).isZero();
    assertThat(out.toString())
        .contains("rtx-4090", "32 prompt and 10 new tokens", "today", "what if", " %");
  }

  @Test
  void plan_fileWhoseSplitIsSlower_saysThatOneNodeHasAllAndWhatASplitWouldCost()
      throws IOException {
    assertThat(run("plan", file())).isZero();
    assertThat(out.toString())
        .containsPattern("one node +all 30 layers are on home: first token .+ tokens/s")
        .containsPattern("split +--allow-slower would make it home: embedding \\+ 0-.+box: .*head")
        .containsPattern("predicted [0-9.]+ % worse for least\\s+time per token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--allow-slower", "--allow-slower=yes"})
  void plan_fileWithASlowerSplitAllowed_showsItAndByHowMuchItIsSlower(String flag)
      throws IOException {
    assertThat(run("plan", file(), flag)).isZero();
    assertThat(out.toString())
        .containsPattern("\\n  1 +box +.*head")
        .containsPattern("home alone would be better: .+ms a token instead of")
        .containsPattern("TPOT ms .+\\+[0-9.]+ %");
  }

  @Test
  void plan_fileAsJson_isThePlanOrBoth() throws IOException {
    assertThat(run("plan", file(), "--json")).isZero();
    assertThat(MAPPER.readValue(out.toString(), PlanView.class).source()).isEqualTo("home");

    assertThat(run("plan", file(), "--json", "--halve=home,box")).isZero();
    JsonNode both = MAPPER.readTree(out.toString());
    assertThat(both.at("/today/links/0/megabitsPerSecond").asDouble()).isEqualTo(100);
    assertThat(both.at("/whatIf/links/0/megabitsPerSecond").asDouble()).isEqualTo(50);
  }

  @Test
  void plan_namedPlanner_isTheOneAsked() throws IOException {
    assertThat(run("plan", file(), "--planner=edgeshard-even")).isZero();
    assertThat(out.toString()).contains("by edgeshard-even", "today");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--planner=bst | 2 | expected a planner, found 'bst': did you mean best?",
        "--add=rtx-409 | 2 | expected a device of the catalogue, found 'rtx-409'",
        "--remove=home | 1 | expected a node other than the source to remove",
        "--add=rtx-4090@fast | 2 | expected DEVICE, DEVICE@MBPS or DEVICE@MBPS,MS, found"
            + " 'rtx-4090@fast'",
        "--add=rtx-4090@0 | 2 | expected a rate above 0 Mbit/s",
        "--link=home,box | 2 | expected A,B=FACTOR such as",
        "--link=home,box=0 | 2 | expected a factor above 0",
        "--halve=home | 2 | expected A,B such as",
        "--allow-slower=maybe | 2 | --allow-slower: expected one of yes, no, found 'maybe'",
        "--context=100000 | 1 | expected a context of at most 8192 tokens",
        "--sequences=4000 | 1 | no plan fits: ",
        "--again | 2 | --file: expected it without --url and --again",
      })
  void plan_cannotBeAnswered_isOneSentence(String flag, int code, String sentence)
      throws IOException {
    assertThat(run("plan", file(), flag)).isEqualTo(code);
    assertThat(err.toString()).contains(sentence);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void plan_fileBroken_isBadUsage() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), CLUSTER.replace("box", "home"));

    assertThat(run("plan", "--file=" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("c.yaml, line 5: expected each node once");
  }

  @Test
  void plan_cluster_isAskedOverHttp() throws IOException {
    assertThat(run("plan", "--url=" + planNode())).isZero();
    assertThat(out.toString()).contains("plan 12 for SmolLM2 135M", "measured");
    assertThat(asked).containsExactly("GET /cluster/plan ");
  }

  @Test
  void plan_clusterWithAChange_sendsIt() throws IOException {
    assertThat(run("plan", "--url=" + planNode(), "--add=rtx-4090", "--link=a,b=0.1")).isZero();

    JsonNode sent = MAPPER.readTree(asked.get(0).replace("POST /cluster/what-if ", ""));
    assertThat(sent.at("/add/0/device").asText()).isEqualTo("rtx-4090");
    assertThat(sent.at("/add/0/megabitsPerSecond").asDouble()).isEqualTo(1000);
    assertThat(sent.at("/links/0/factor").asDouble()).isEqualTo(0.1);
    assertThat(sent.at("/allowSlower").isNull()).isTrue();
    assertThat(out.toString()).contains("the same nodes would run the same layers");
  }

  @Test
  void plan_clusterWithASlowerSplitAllowed_asksForIt() throws IOException {
    assertThat(run("plan", "--url=" + planNode(), "--allow-slower")).isZero();
    assertThat(asked.get(0)).startsWith("POST /cluster/what-if ").contains("\"allowSlower\":true");
  }

  @Test
  void plan_clusterThatLeavesAllToOneNode_asksWhatASplitWouldGive() throws IOException {
    String url = planNode();
    answers.put("/cluster/plan", MAPPER.writeValueAsString(PlanFixtures.allOnOne()));

    assertThat(run("plan", "--url=" + url)).isZero();
    assertThat(asked.get(1)).startsWith("POST /cluster/what-if ").contains("\"allowSlower\":true");
    assertThat(out.toString())
        .contains("one node  all 30 layers are on node-1: first token 100.0 ms")
        .containsPattern("split +--allow-slower would make it node-1: embedding \\+ 0-14, node-2:");
  }

  @Test
  void planInForce_splitOrAllOnOne_tellsWhatTheOtherWouldGive() throws Exception {
    String url = planNode();
    assertThat(PlanInForce.summary(url))
        .containsExactly(
            "  predicted: first token 150.2 ms, then 45.7 ms a token, 21.9 tokens/s",
            "  node-2 alone: first token 180.0 ms, then 50.0 ms a token, 20.0 tokens/s");

    answers.put("/cluster/plan", MAPPER.writeValueAsString(PlanFixtures.allOnOne()));
    assertThat(PlanInForce.summary(url))
        .anyMatch(line -> line.startsWith("  one node  all 30 layers are on node-1"))
        .anyMatch(line -> line.startsWith("  split     --allow-slower would make it node-1"));
    assertThat(PlanInForce.explained(url)).hasSizeGreaterThan(PlanInForce.summary(url).size());
  }

  @Test
  void planInForce_nobodyAnswersOrMayAsk_isNothing() throws Exception {
    assertThat(PlanInForce.summary("http://127.0.0.1:1")).isEmpty();
    assertThat(PlanInForce.explained(node(401, "{\"error\": {\"message\": \"a key\"}}"))).isEmpty();
  }

  @Test
  void plan_nodeOfThisMachine_isFoundByItself() throws IOException {
    new RunFiles(TestFolders.in(folder).state())
        .write(
            new RunFile(
                "n",
                "c",
                ProcessIdentity.current(),
                null,
                null,
                "",
                "",
                planNode(),
                null,
                Map.of()));

    assertThat(run("plan")).isZero();
    assertThat(out.toString()).contains("plan 12");
  }

  @Test
  void status_planInForce_showsItsFigures() throws IOException {
    String url = planNode();
    ClusterStatus status =
        new ClusterStatus(
            true, "", "smollm2", "fast", 12, 30, List.of(), 0, List.of(), List.of(), "");
    answers.put("/cluster", MAPPER.writeValueAsString(status));

    assertThat(run("status", "--url=" + url)).isZero();
    assertThat(out.toString())
        .contains(
            "predicted: first token 150.2 ms, then 45.7 ms a token, 21.9 tokens/s",
            "served:    first token 160.0 ms");
    assertThat(run("status", "--json", "--url=" + url)).isZero();
    assertThat(MAPPER.readTree(out.toString()).at("/plan/planId").asInt()).isEqualTo(12);
  }

  @Test
  void planOrProfile_nothingThere_isNotReady() {
    assertThat(run("plan")).isEqualTo(3);
    assertThat(run("profile")).isEqualTo(3);
    assertThat(run("plan", "--url=http://127.0.0.1:1")).isEqualTo(3);
    assertThat(err.toString())
        .contains("found none: start one, or name one with --url", "http://127.0.0.1:1/, found no");
  }

  @Test
  void plan_noneInForce_saysWhy() throws IOException {
    String url = node(404, "{\"error\": {\"message\": \"waiting for nodes: 1 of 3 are here\"}}");

    assertThat(run("plan", "--url=" + url)).isEqualTo(3);
    assertThat(err.toString()).contains("waiting for nodes: 1 of 3 are here");
  }

  @Test
  void plan_refused_isTheServersSentence() throws IOException {
    String url = node(422, "{\"error\": {\"message\": \"no plan fits: too large\"}}");

    assertThat(run("plan", "--url=" + url, "--model=llama-2-70b")).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("edgeshard: no plan fits: too large");
  }

  @Test
  void profile_cluster_isShownOrMeasuredAgain() throws IOException {
    String url = planNode();

    assertThat(run("profile", "--url=" + url)).isZero();
    assertThat(out.toString()).contains("home-server", "9.40 Gbit/s");
    assertThat(run("profile", "--url=" + url, "--json")).isZero();
    assertThat(MAPPER.readTree(out.toString()).at("/nodes/0/cores").asInt()).isEqualTo(8);
    assertThat(run("profile", "--url=" + url, "--again")).isZero();
    assertThat(asked).last().isEqualTo("POST /cluster/profile {\"linksOnly\":false}");
    assertThat(run("profile", "--url=" + url, "--again", "--links")).isZero();
    assertThat(asked).last().isEqualTo("POST /cluster/profile {\"linksOnly\":true}");
    assertThat(run("profile", "--url=" + url, "--links")).isEqualTo(2);
  }

  @Test
  void plan_again_isAnOrder() throws IOException {
    String url = node(202, "{\"state\": \"waiting\"}");

    assertThat(run("plan", "--url=" + url, "--again")).isZero();
    assertThat(out.toString()).contains("planning again: waiting");
    assertThat(asked).containsExactly("POST /cluster/plan {}");
    assertThat(run("plan", "--url=" + url, "--again", "--remove=a")).isEqualTo(2);
    assertThat(run("plan", "--url=" + url, "--again", "--allow-slower")).isEqualTo(2);
    assertThat(err.toString()).contains("--again: expected no --allow-slower beside it");
    assertThat(run("plan", "--url=" + url, "--again", "--planner=edge-solo")).isZero();
    assertThat(asked).last().isEqualTo("POST /cluster/plan {\"planner\":\"edge-solo\"}");
  }
}
