package io.edgeshard.verticles.settings;

import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.verticles.config.PlanningSettings.Aim;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The ways in which the texts of settings are read. */
final class Forms {
  private static final Pattern ORIGIN =
      Pattern.compile(
          "(?i)https?://[a-z0-9.-]+(:[0-9]{1,5})?|(?i)https?://\\[[0-9a-f:]+](:[0-9]{1,5})?");
  private static final Pattern UNIT = Pattern.compile("[A-Za-z]");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Forms() {}

  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "expected a name of 1 to 64 letters, digits, '-', '_' or '.', found '" + text + "'");
    }
    return text;
  }

  static String text(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("expected a value, found nothing");
    }
    return text.strip();
  }

  static Path path(String text) {
    String given = text(text);
    String home = System.getProperty("user.home", "");
    try {
      return given.startsWith("~/") ? Path.of(home, given.substring(2)) : Path.of(given);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("expected a path, found '" + text + "'", e);
    }
  }

  static WeightType weights(String text) {
    return WeightType.ofLabel(text.strip().toLowerCase(Locale.ROOT));
  }

  static Long bytes(String text) {
    long bytes = ByteSize.parse(text);
    if (bytes > 0 && bytes < MemoryOffer.PROCESS_BYTES && !UNIT.matcher(text).find()) {
      throw new IllegalArgumentException(
          "expected a size with its unit, such as 512m or 2g, found '%s', which is %s: less than a process needs"
              .formatted(text, ByteSize.format(bytes)));
    }
    if (bytes == 0) {
      throw new IllegalArgumentException(ByteSize.EXPECTED + ", found '" + text + "'");
    }
    return bytes;
  }

  static Duration duration(String text) {
    try {
      Duration duration = Duration.parse("PT" + text.strip().toUpperCase(Locale.ROOT));
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(durationExpected(text));
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(durationExpected(text), e);
    }
  }

  static Aim aim(String text) {
    return Aim.ofLabel(text.strip().toLowerCase(Locale.ROOT));
  }

  static Set<NodeId> nodes(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(name -> new NodeId(name.strip()))
        .collect(Collectors.toUnmodifiableSet());
  }

  static Set<String> origins(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(Forms::origin)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** As browsers send it: scheme, host and a port that is not the usual; nothing behind. */
  private static String origin(String text) {
    String given = text.strip();
    if (!ORIGIN.matcher(given).matches()) {
      throw new IllegalArgumentException(
          "expected an origin such as https://chat.example or http://localhost:3000, found '"
              + given
              + "'");
    }
    return given.toLowerCase(Locale.ROOT);
  }

  static Boolean yesOrNo(String text) {
    return oneOf("yes", "no").read(text).equals("yes");
  }

  static PowerDraw watts(String text) {
    String[] parts = text.split(",", -1);
    try {
      if (parts.length == 2) {
        return new PowerDraw(
            Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wattsExpected(text), e);
    }
    throw new IllegalArgumentException(wattsExpected(text));
  }

  private static String wattsExpected(String text) {
    return "expected watts while busy and while idle such as 65,8, found '" + text + "'";
  }

  static Setting.Form<Integer> number(String what, int least, int most) {
    return text -> number(what, least, most, text);
  }

  static Setting.Form<Double> decimal(String what, double least, double most) {
    return text -> {
      String expected =
          "expected " + what + " of " + least + " to " + most + ", found '" + text + "'";
      try {
        double number = Double.parseDouble(text.strip());
        if (!(number >= least && number <= most)) {
          throw new IllegalArgumentException(expected);
        }
        return number;
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(expected, e);
      }
    };
  }

  static Setting.Form<Integer> port(boolean anyFree) {
    int least = anyFree ? 0 : 1;
    return text -> number("a port", least, 65535, text);
  }

  static Setting.Form<Integer> count(String what, int most) {
    return text -> number(what, 1, most, text);
  }

  static Setting.Form<List<Integer>> counts(String what, int most) {
    return text -> {
      List<Integer> counts = new ArrayList<>();
      for (String part : text.split(",", -1)) {
        counts.add(number(what, 1, most, part));
      }
      return List.copyOf(counts);
    };
  }

  static Setting.Form<String> oneOf(String... choices) {
    return text -> {
      String given = text.strip().toLowerCase(Locale.ROOT);
      if (!List.of(choices).contains(given)) {
        throw new IllegalArgumentException(
            "expected one of " + String.join(", ", choices) + ", found '" + text + "'");
      }
      return given;
    };
  }

  private static int number(String what, int least, int most, String text) {
    String expected =
        "expected " + what + " of " + least + " to " + most + ", found '" + text + "'";
    try {
      int number = Integer.parseInt(text.strip());
      if (number < least || number > most) {
        throw new IllegalArgumentException(expected);
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(expected, e);
    }
  }

  private static String durationExpected(String text) {
    return "expected a time above 0 such as 90s, 2m or 1m30s, found '" + text + "'";
  }
}
