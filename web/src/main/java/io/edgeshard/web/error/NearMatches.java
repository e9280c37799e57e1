package io.edgeshard.web.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names that somebody who mistyped may have meant. */
public final class NearMatches {
  private static final int MOST = 3;
  private static final Pattern WORD_END = Pattern.compile("[-_/. ]+");

  private NearMatches() {}

  /**
   * Those of {@code names} that have all words of {@code typed} or of which it has all, such as
   * {@code latency-ms} and {@code ms}, begin with it or differ from it by few letters; the nearest
   * first.
   */
  public static List<String> of(String typed, Collection<String> names) {
    int limit = Math.max(2, typed.length() / 3);
    Set<String> words = words(typed);
    return names.stream()
        .filter(
            name ->
                distance(typed, name) <= limit
                    || name.startsWith(typed)
                    || sharesWords(words, name))
        .sorted(
            Comparator.comparingInt((String name) -> sharesWords(words, name) ? 0 : 1)
                .thenComparingInt(name -> distance(typed, name)))
        .limit(MOST)
        .toList();
  }

  private static boolean sharesWords(Set<String> words, String name) {
    Set<String> others = words(name);
    boolean anyWords = !words.isEmpty() && !others.isEmpty();
    return anyWords && (others.containsAll(words) || words.containsAll(others));
  }

  private static Set<String> words(String name) {
    return WORD_END
        .splitAsStream(name.toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  /**
   * Levenshtein's distance: letters to insert, delete or replace; one row of its table at a time.
   */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
