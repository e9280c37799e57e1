package io.edgeshard.verticles.settings;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them: {@code 512m}, {@code 2g}, {@code 1.5GiB}. */
public final class ByteSize {
  static final String EXPECTED = "expected a size above 0 such as 512m, 2g or 1.5GiB";

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([kmgt]?)(?:i?b)?");
  private static final String UNITS = "kmgt";

  private ByteSize() {}

  /**
   * The bytes of a text; all units are powers of 1024, as the JVM and {@code free} count.
   *
   * @throws IllegalArgumentException "expected X, found Y"
   */
  public static long parse(String text) {
    Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(EXPECTED + ", found '" + text + "'");
    }
    int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
    BigDecimal bytes =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
    if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(EXPECTED + ", found '" + text + "', which is too much");
    }
    return bytes.longValue();
  }

  /** A size for people: {@code 0 B}, {@code 94 MiB}, {@code 1.5 GiB}. */
  public static String format(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int power = Math.min(UNITS.length(), (63 - Long.numberOfLeadingZeros(bytes)) / 10);
    double amount = bytes / (double) (1L << (10 * power));
    String unit = Character.toUpperCase(UNITS.charAt(power - 1)) + "iB";
    String number = String.format(Locale.ROOT, amount < 10 && power > 2 ? "%.1f" : "%.0f", amount);
    return number + " " + unit;
  }
}
