package io.edgeshard.verticles.planning;

import io.edgeshard.web.error.NearMatches;
import java.util.Collection;
import java.util.List;

/** What is said about a name that is not known. */
public final class Names {
  private Names() {}

  /** One sentence: what was expected, what was found, which name may have been meant. */
  public static String unknown(String expected, String found, Collection<String> known) {
    return "expected %s, found %s".formatted(expected, found(found, known));
  }

  /** The second half of such a sentence. */
  public static String found(String found, Collection<String> known) {
    List<String> near = NearMatches.of(found, known);
    String advice =
        near.isEmpty()
            ? "there are " + String.join(", ", known.stream().sorted().toList())
            : "did you mean " + String.join(" or ", near) + "?";
    return "'%s': %s".formatted(found, advice);
  }
}
