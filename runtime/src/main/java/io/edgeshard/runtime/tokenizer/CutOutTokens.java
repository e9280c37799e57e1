package io.edgeshard.runtime.tokenizer;

import io.edgeshard.runtime.tokenizer.model.Vocabulary;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tokens whose text is cut out of a text before what stands between them is encoded: control
 * tokens and what the model's makers added. The leftmost counts, and of those the longest.
 */
final class CutOutTokens {
  /** Before a token's text it says: this is text. A noncharacter, of no use in any text. */
  static final char QUOTE = '\uFDD0';

  private static final String UNQUOTED = "(?<!" + QUOTE + ")";
  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private final Vocabulary vocabulary;
  private final IntPredicate isControl;
  private final Pattern unquoted;

  /**
   * Those of a vocabulary.
   *
   * @param isControl whether a token is one that no text of a person may become
   */
  CutOutTokens(Vocabulary vocabulary, IntPredicate isControl) {
    this.vocabulary = vocabulary;
    this.isControl = isControl;
    this.unquoted = pattern(cutOut(id -> true));
  }

  /** Hears a text from its beginning to its end: tokens that are cut out, and what is between. */
  interface Listener {
    void text(String between);

    void token(int id);
  }

  /** Cuts a text; quotes have done their work and are left out. */
  void cut(String text, Listener listener) {
    int end = 0;
    Matcher found = unquoted.matcher(text);
    while (found.find()) {
      between(text.substring(end, found.start()), listener);
      listener.token(vocabulary.id(found.group()).orElseThrow());
      end = found.end();
    }
    between(text.substring(end), listener);
  }

  private static void between(String text, Listener listener) {
    String bare = text.replace(String.valueOf(QUOTE), "");
    if (!bare.isEmpty()) {
      listener.text(bare);
    }
  }

  /**
   * Makes texts in which {@link #cut} finds no control token, and none of {@code others}; all else
   * of them is as it was.
   */
  UnaryOperator<String> quoting(Set<Integer> others) {
    IntPredicate isMarker = id -> isControl.test(id) || others.contains(id);
    Pattern beginning = beginning(cutOut(isMarker), cutOut(isMarker.negate()));
    return text -> quoted(text.replace(QUOTE, '\uFFFD'), beginning.matcher(""));
  }

  /**
   * Every character with which a marker may begin is quoted, not only where one does: a template
   * may take something out of a message, so that what stood around it becomes one.
   */
  private static String quoted(String text, Matcher marker) {
    StringBuilder quoted = new StringBuilder();
    int done = 0;
    marker.reset(text);
    for (int from = 0; from <= text.length() && marker.find(from); from = marker.start() + 1) {
      quoted.append(text, done, marker.start()).append(QUOTE);
      done = marker.start();
    }
    return quoted.append(text, done, text.length()).toString();
  }

  /** The tokens that {@link #cut} finds in a text. */
  Set<Integer> in(String text) {
    Set<Integer> ids = new TreeSet<>();
    cut(
        text,
        new Listener() {
          @Override
          public void text(String between) {}

          @Override
          public void token(int id) {
            ids.add(id);
          }
        });
    return ids;
  }

  private List<String> cutOut(IntPredicate wanted) {
    return IntStream.range(0, vocabulary.size())
        .filter(id -> vocabulary.kind(id).isCutOut() && wanted.test(id))
        .mapToObj(vocabulary::text)
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  /** Looks at the first character before it tries them all: there may be hundreds. */
  private static Pattern pattern(List<String> texts) {
    if (texts.isEmpty()) {
      return NOTHING;
    }
    return Pattern.compile(UNQUOTED + beginnings(texts) + "(?:" + anyOf(texts) + ")");
  }

  private static Pattern beginning(List<String> markers, List<String> others) {
    if (markers.isEmpty()) {
      return NOTHING;
    }
    String noOther = others.isEmpty() ? "" : "(?!" + anyOf(others) + ")";
    return Pattern.compile(beginnings(markers) + "(?:(?=" + anyOf(markers) + ")|" + noOther + ")");
  }

  private static String anyOf(List<String> texts) {
    return texts.stream().map(Pattern::quote).collect(Collectors.joining("|"));
  }

  private static String beginnings(List<String> texts) {
    return texts.stream()
        .map(text -> Pattern.quote(text.substring(0, text.offsetByCodePoints(0, 1))))
        .distinct()
        .collect(Collectors.joining("|", "(?=", ")"));
  }
}
