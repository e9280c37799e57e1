package io.edgeshard.runtime.chat.jinja;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.TemplateError.ErrorReason;
import com.hubspot.jinjava.interpret.TemplateError.ErrorType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.chat.jinja.JinjaTemplate.Limits;
import java.util.Collection;
import java.util.Map;
import jinjava.javax.el.PropertyNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a template, which ends at the first error and when its limits are reached. Jinjava
 * would collect errors and go on, and knows limits for single values only.
 */
final class BoundedInterpreter extends JinjavaInterpreter {
  private final Limits limits;
  private final long startNanos = System.nanoTime();
  private long work;

  BoundedInterpreter(Jinjava engine, Context context, JinjavaConfig config, Limits limits) {
    super(engine, context, config);
    this.limits = limits;
  }

  /** The run that the current thread is in. */
  static BoundedInterpreter current() {
    return (BoundedInterpreter) JinjavaInterpreter.getCurrent();
  }

  /**
   * Counts what went into making a value, and returns it. Of lists and mappings, all that is in
   * them counts, as often as it is in them: one that holds the same list twice, and so on, would
   * otherwise take little to make and for ever to go through.
   */
  <T extends @Nullable Object> T spend(T made) {
    if (made instanceof CharSequence text) {
      spend(text.length());
    } else {
      spendEach(made);
    }
    return made;
  }

  private void spendEach(@Nullable Object made) {
    spend(1);
    if (made instanceof Collection<?> elements) {
      elements.forEach(this::spendEach);
    } else if (made instanceof Map<?, ?> entries) {
      entries.values().forEach(this::spendEach);
    }
  }

  private void spend(int amount) {
    work += amount;
    if (amount > limits.outputCharacters() || work > limits.work()) {
      throw new ModelException(
          "expected a chat template that stays within %d characters and %d steps, found one that goes beyond: take a model with another template"
              .formatted(limits.outputCharacters(), limits.work()));
    }
    if (System.nanoTime() - startNanos > limits.time().toNanos()) {
      throw new ModelException(
          "expected a chat template that takes at most %d ms, found one that takes longer: take a model with another template"
              .formatted(limits.time().toMillis()));
    }
  }

  @Override
  public void addError(TemplateError error) {
    boolean isHarmless =
        error.getSeverity() != ErrorType.FATAL
            && error.getReason() != ErrorReason.SYNTAX_ERROR
            && !(error.getException() instanceof PropertyNotFoundException);
    if (isHarmless) {
      return;
    }
    for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RaisedException || cause instanceof ModelException) {
        throw (RuntimeException) cause;
      }
    }
    throw new ModelException(
        "expected a chat template that can be run, but at its line %d: %s"
            .formatted(error.getLineno(), error.getMessage()),
        error.getException());
  }
}
