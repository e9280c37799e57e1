package io.edgeshard.runtime.chat.jinja;

import io.edgeshard.runtime.ModelException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A template, ready to be filled with variables. Thread-safe. */
public final class JinjaTemplate {
  /**
   * How much a template may do, so that none can hang a node or eat its memory.
   *
   * @param sourceCharacters of the template itself
   * @param outputCharacters of the text it gives, and of every text it makes on the way
   * @param work characters, list elements and nodes that it may go through in all
   * @param time that it may take
   */
  public record Limits(int sourceCharacters, int outputCharacters, long work, Duration time) {
    /** Far beyond what chats need: 128k tokens of context are about half a million characters. */
    public static final Limits GENEROUS =
        new Limits(1 << 18, 1 << 22, 1 << 26, Duration.ofSeconds(5));
  }

  private final String source;
  private final Limits limits;
  private final TemplateEngine engine;

  /**
   * A template.
   *
   * @param source its text; whether it can be run shows when it is
   * @param clock what {@code strftime_now} goes by
   */
  public JinjaTemplate(String source, Limits limits, Clock clock) {
    this.source = source;
    this.limits = limits;
    this.engine = new TemplateEngine(limits, clock);
  }

  /**
   * The template's text for the given variables.
   *
   * @param variables texts, numbers, booleans, lists and maps
   * @throws RaisedException when the template says so
   * @throws ModelException when the template cannot be run or goes beyond its limits
   */
  public String render(Map<String, ?> variables) {
    if (source.length() > limits.sourceCharacters()) {
      throw new ModelException(
          "expected a chat template of at most %d characters, found %d"
              .formatted(limits.sourceCharacters(), source.length()));
    }
    try {
      return engine.run(new TemplateSource(source).rewritten(), variables);
    } catch (RuntimeException e) {
      throw failure(e);
    } catch (StackOverflowError e) {
      throw new ModelException(
          "expected a chat template without such deep nesting: take a model with another template",
          e);
    }
  }

  /** What went wrong first: the engine wraps it once for every tag around it. */
  private static RuntimeException failure(RuntimeException thrown) {
    Throwable first = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RaisedException || cause instanceof ModelException) {
        return (RuntimeException) cause;
      }
      first = cause;
    }
    return new ModelException(
        "expected a chat template that can be run, but: " + first.getMessage(), thrown);
  }
}
