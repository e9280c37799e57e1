package io.edgeshard.web.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.generation.TextGenerator;
import io.edgeshard.web.json.Json;
import io.edgeshard.web.openai.request.ModelChoice;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Handles {@code GET /v1/models} and {@code GET /v1/models/{id}}. */
public final class ModelRoutes {
  private final TextGenerator generator;

  public ModelRoutes(TextGenerator generator) {
    this.generator = generator;
  }

  /** All of them; none while none is known. */
  public void list(RoutingContext context) {
    send(context, new ModelList("list", generator.models().stream().map(Model::of).toList()));
  }

  /** The one that the rest of the path names; a name may hold slashes. */
  public void one(RoutingContext context) {
    String name = String.valueOf(context.pathParam("*"));
    send(context, Model.of(ModelChoice.named(name, generator.models())));
  }

  private static void send(RoutingContext context, Object body) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .end(Json.write(body));
  }

  private record ModelList(String object, List<Model> data) {}

  /** A model as OpenAI lists it, how long its context is, and what it does when not told. */
  private record Model(
      String id,
      String object,
      long created,
      @JsonProperty("owned_by") String ownedBy,
      @JsonProperty("context_length") int contextLength,
      @JsonProperty("sampling_defaults") Sampling sampling) {
    static Model of(ServedModel model) {
      return new Model(
          model.id(),
          "model",
          model.createdSeconds(),
          "edgeshard",
          model.contextTokens(),
          Sampling.of(model.sampling()));
    }
  }

  /** Under the names that requests have for them. */
  private record Sampling(
      double temperature,
      @JsonProperty("top_p") double topP,
      @JsonProperty("top_k") int topK,
      @JsonProperty("min_p") double minP,
      @JsonProperty("repeat_penalty") double repeatPenalty) {
    static Sampling of(SamplingDefaults defaults) {
      return new Sampling(
          defaults.temperature(),
          defaults.topP(),
          defaults.topK(),
          defaults.minP(),
          defaults.repeatPenalty());
    }
  }
}
