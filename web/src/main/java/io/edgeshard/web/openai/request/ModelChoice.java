package io.edgeshard.web.openai.request;

import io.edgeshard.web.error.ApiException;
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
                        + shown(name)
                        + "'"));
  }

  /** A name as it was sent, as far as a sentence has room for it. */
  private static String shown(String name) {
    String printable =
        name.codePoints()
            .limit(MOST_SHOWN)
            .map(ModelChoice::printable)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return name.codePointCount(0, name.length()) > MOST_SHOWN ? printable + "…" : printable;
  }

  private static int printable(int character) {
    return Character.isISOControl(character) ? '\uFFFD' : character;
  }

  /** The names that {@link #named} knows, for people. */
  static String names(List<ServedModel> models) {
    return models.stream()
        .map(model -> "\"" + model.id() + "\"")
        .collect(Collectors.joining(", ", "", " (or \"" + DEFAULT + "\")"));
  }
}
