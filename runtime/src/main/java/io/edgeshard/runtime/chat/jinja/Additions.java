package io.edgeshard.runtime.chat.jinja;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.objects.date.StrftimeFormatter;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the transformers library gives chat templates beyond Jinja, and filters as it has them. */
final class Additions {
  private Additions() {}

  private static final String RAISE = "raise_exception";
  private static final String TIME_NOW = "strftime_now";

  /** The variables that tell a template which functions are defined. */
  static Map<String, Object> names() {
    return Map.of(RAISE, RAISE, TIME_NOW, TIME_NOW);
  }

  static void register(Jinjava engine) {
    engine.registerTag(new ConditionTag());
    engine.registerTag(new LoopTag());
    engine.registerTag(new GenerationTag());
    engine.registerFilter(new TrimFilter());
    engine.registerFilter(new JsonFilter());
    engine.registerFilter(new ItemsFilter());
    engine.registerExpTest(new CollectionTest("iterable"));
    engine.registerExpTest(new CollectionTest("sequence"));
    engine.registerFunction(
        new ELFunctionDefinition("", RAISE, Additions.class, "raiseException", String.class));
    engine.registerFunction(
        new ELFunctionDefinition("", TIME_NOW, Additions.class, "timeNow", String.class));
  }

  /** {@code raise_exception(message)}. */
  static String raiseException(String message) {
    throw new RaisedException(message);
  }

  /** {@code strftime_now(format)}: the time by the engine's clock. */
  static String timeNow(String format) {
    var config = JinjavaInterpreter.getCurrent().getConfig();
    Instant now = Instant.ofEpochMilli(config.getDateTimeProvider().getCurrentTimeMillis());
    return StrftimeFormatter.format(now.atZone(config.getTimeZone()), format, Locale.ENGLISH);
  }

  /** {@code if} and {@code elif} with Python's idea of what is true. */
  private static final class ConditionTag extends IfTag {
    private static final long serialVersionUID = 1;

    @Override
    public boolean isPositiveIfElseNode(TagNode node, JinjavaInterpreter interpreter) {
      return PythonValues.isTrue(
          interpreter.resolveELExpression(
              node.getHelpers(), node.getLineNumber(), node.getStartPosition()));
    }
  }

  /** {@code generation}: marks answers for training; here its body is just text. */
  private static final class GenerationTag implements Tag {
    private static final long serialVersionUID = 1;

    @Override
    public String getName() {
      return "generation";
    }

    @Override
    public String interpret(TagNode node, JinjavaInterpreter interpreter) {
      StringBuilder text = new StringBuilder();
      for (Node child : node.getChildren()) {
        text.append(child.render(interpreter).getValue());
      }
      return text.toString();
    }
  }

  /** {@code is iterable}, {@code is sequence}: of texts and mappings as well. */
  private record CollectionTest(String name) implements ExpTest {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean evaluate(
        @Nullable Object value, JinjavaInterpreter interpreter, @Nullable Object... arguments) {
      return value instanceof CharSequence
          || value instanceof Collection<?>
          || value instanceof Map<?, ?>;
    }
  }

  private static final class TrimFilter implements Filter {
    @Override
    public String getName() {
      return "trim";
    }

    @Override
    public Object filter(
        @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
      String characters = arguments.length > 0 ? arguments[0] : null;
      return PythonValues.strip(PythonValues.text(value), characters, true, true);
    }
  }

  private static final class ItemsFilter implements Filter {
    @Override
    public String getName() {
      return "items";
    }

    @Override
    public @Nullable Object filter(
        @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
      return value == null ? null : PythonMethods.call(value, "items", new Object[0]);
    }
  }

  /** {@code tojson}, spaced as Python's {@code json.dumps} does it. */
  private static final class JsonFilter implements Filter {
    @Override
    public String getName() {
      return "tojson";
    }

    @Override
    public Object filter(
        @Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
      return json(value);
    }

    private static String json(@Nullable Object value) {
      if (value instanceof Map<?, ?> map) {
        return map.entrySet().stream()
            .map(entry -> json(String.valueOf(entry.getKey())) + ": " + json(entry.getValue()))
            .collect(Collectors.joining(", ", "{", "}"));
      }
      if (value instanceof Collection<?> elements) {
        return elements.stream().map(JsonFilter::json).collect(Collectors.joining(", ", "[", "]"));
      }
      if (value instanceof CharSequence text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
      }
      return String.valueOf(value);
    }
  }
}
