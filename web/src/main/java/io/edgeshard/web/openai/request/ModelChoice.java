package io.edgeshard.web.openai.request;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.error.Shown;
import io.edgeshard.web.generation.ServedModel;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the model that a request names. */
public final class ModelChoice {
  /** Stands for the first model, whatever its name. */
  public static final String DEFAULT = "default";

  private static final int MOST_SHOWN = 100;

  private ModelChoice() {}

  /** The model of that name. */
  public static ServedModel named(String name, List<ServedModel> models) {
    if (name.equals(DEFAULT) && !models.isEmpty()) {
      return models.get(0);
    }
    return models.stream()
        .filter(model -> model.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.unknownModel(
                    "expected one of the models "
                        + names(models)
                        + ", found '"
                        + Shown.of(name, MOST_SHOWN)
                        + "'"));
  }

  /** The names that {@link #named} knows, for people. */
  static String names(List<ServedModel> models) {
    return models.stream()
        .map(model -> "\"" + model.id() + "\"")
        .collect(Collectors.joining(", ", "", " (or \"" + DEFAULT + "\")"));
  }
}
