package io.edgeshard.verticles.settings;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that can be set, under the same name as flag, variable and key of the file.
 *
 * @param key the name in kebab case: {@code cluster-port} is {@code --cluster-port}, {@code
 *     EDGESHARD_CLUSTER_PORT} and {@code cluster-port} in the file
 * @param label what stands for the value in the help, {@code PORT}
 * @param form how its text is read
 * @param defaultText the value when nobody sets it
 * @param defaultNote in words what happens when nobody sets it and there is no default text
 * @param description one line for the help
 * @param typing how its flag is typed
 */
public record Setting<T>(
    String key,
    String label,
    Form<T> form,
    Optional<String> defaultText,
    String defaultNote,
    String description,
    Typing typing) {

  /** How a flag is typed. */
  public enum Typing {
    /** Once, with its value. */
    ONCE,
    /** Perhaps several times: its text is a list with commas. */
    AS_LIST,
    /** Perhaps alone, which means yes. */
    AS_SWITCH
  }

  /**
   * How a text is read.
   *
   * @param <T> what it is read as
   */
  @FunctionalInterface
  public interface Form<T> {
    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException "expected X, found Y"
     */
    T read(String text);
  }

  /** A setting with a default. */
  public static <T> Setting<T> of(
      String key, String label, Form<T> form, String defaultText, String description) {
    return new Setting<>(key, label, form, Optional.of(defaultText), "", description, Typing.ONCE);
  }

  /** A setting that may stay open. */
  public static <T> Setting<T> optional(
      String key, String label, Form<T> form, String defaultNote, String description) {
    return new Setting<>(key, label, form, Optional.empty(), defaultNote, description, Typing.ONCE);
  }

  /** A list with commas that may stay open. */
  public static <T> Setting<T> list(
      String key, String label, Form<T> form, String defaultNote, String description) {
    return new Setting<>(
        key, label, form, Optional.empty(), defaultNote, description, Typing.AS_LIST);
  }

  /** What is so or not, and is not where nobody says so. */
  public static Setting<Boolean> yesOrNo(String key, String description) {
    return new Setting<>(
        key, "YES|NO", Forms::yesOrNo, Optional.of("no"), "", description, Typing.AS_SWITCH);
  }

  /** Its name on the command line. */
  public String flag() {
    return "--" + key;
  }

  /** Its name in the environment. */
  public String variable() {
    return "EDGESHARD_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** The value of a text that was found at a place; names the place when it cannot be read. */
  public T read(String text, Origin origin) {
    try {
      return form.read(text);
    } catch (IllegalArgumentException e) {
      String place = origin.kind() == Origin.Kind.DEFAULT ? flag() : origin.place();
      throw new SettingsException(place + ": " + e.getMessage());
    }
  }
}
