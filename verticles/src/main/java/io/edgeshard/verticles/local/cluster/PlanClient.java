package io.edgeshard.verticles.local.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.web.plan.PlanRefusedException;
import io.edgeshard.web.plan.PlanSource.Measured;
import io.edgeshard.web.plan.PlanView;
import io.edgeshard.web.plan.WhatIf;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks a node over HTTP about its cluster's plan. */
public final class PlanClient {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
  private static final int FIRST_ERROR = 400;
  private static final int NOT_FOUND = 404;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final HttpClient client = NodeHttp.client();
  private final URI base;
  private final String key;

  /** A client of the node that serves at {@code url}; EDGESHARD_API_KEY holds the key it wants. */
  public PlanClient(String url) {
    this(url, System.getenv().getOrDefault("EDGESHARD_API_KEY", ""));
  }

  PlanClient(String url, String key) {
    this.base = NodeHttp.base(url);
    this.key = key.strip();
  }

  /** There is no plan to ask about; the message is one sentence that says why. */
  public static final class NoPlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** No plan, for the reason that is told in {@code sentence}. */
    public NoPlanException(String sentence) {
      super(sentence);
    }
  }

  /**
   * The plan in force.
   *
   * @throws NoPlanException when there is none, or nobody answers
   */
  public PlanView current() throws InterruptedException {
    return ask(request("cluster/plan").GET().build(), PlanView.class);
  }

  /**
   * The plan that would be made after a change.
   *
   * @throws PlanRefusedException when there is no such plan
   */
  public PlanView whatIf(WhatIf change) throws InterruptedException {
    return ask(request("cluster/what-if").POST(json(change)).build(), PlanView.class);
  }

  /**
   * Lets the cluster plan again; says whether that has {@code begun} or is {@code waiting}.
   *
   * @param wish what is wanted from now on, and who decides
   * @throws PlanRefusedException when there is no such plan
   */
  public String planAgain(WhatIf wish) throws InterruptedException {
    Map<String, String> wanted = new HashMap<>();
    Optional.ofNullable(wish.objective()).ifPresent(name -> wanted.put("objective", name));
    Optional.ofNullable(wish.planner()).ifPresent(name -> wanted.put("planner", name));
    return order("cluster/plan", json(wanted));
  }

  /** Lets nodes and links be measured anew; says whether that has begun or is waiting. */
  public String profileAgain(Measured what) throws InterruptedException {
    return order("cluster/profile", json(Map.of("linksOnly", what == Measured.LINKS)));
  }

  private String order(String path, BodyPublisher body) throws InterruptedException {
    return ask(request(path).POST(body).build(), JsonNode.class).path("state").asText("begun");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER_LIMIT)
            .header("Content-Type", "application/json");
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private <T> T ask(HttpRequest request, Class<T> type) throws InterruptedException {
    HttpResponse<byte[]> answer;
    try {
      answer = client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException silent) {
      throw new NoPlanException(
          "expected an EdgeShard node that serves at %s, found no answer: start one, or correct --url"
              .formatted(base));
    }
    if (answer.statusCode() == NOT_FOUND) {
      throw new NoPlanException("no plan is in force at %s: %s".formatted(base, reason(answer)));
    }
    if (answer.statusCode() >= FIRST_ERROR) {
      String reason = reason(answer);
      throw "unknown_name".equals(field(answer, "code"))
          ? PlanRefusedException.unknownName(reason)
          : new PlanRefusedException(reason);
    }
    try {
      return MAPPER.readValue(answer.body(), type);
    } catch (IOException other) {
      throw new NoPlanException(
          "expected a plan from %s, found something else: is it an EdgeShard node of this release?"
              .formatted(base));
    }
  }

  private static String reason(HttpResponse<byte[]> answer) {
    String message = field(answer, "message");
    return message.isEmpty() ? "status " + answer.statusCode() : message;
  }

  /** A field of the error that came; empty when it has none. */
  private static String field(HttpResponse<byte[]> answer, String name) {
    try {
      JsonNode body = MAPPER.readTree(answer.body());
      return body == null ? "" : body.path("error").path(name).asText("");
    } catch (IOException notJson) {
      return "";
    }
  }

  private static BodyPublisher json(Object change) {
    try {
      return BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(change));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a change that JSON can say, found another", e);
    }
  }
}
