package io.edgeshard.runtime.chat.jinja;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.tree.output.RenderedOutputNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import io.edgeshard.runtime.chat.jinja.JinjaTemplate.Limits;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.javax.el.ExpressionFactory;

/**
 * Jinjava, set up to run chat templates as Jinja runs them for the transformers library, with only
 * what such templates use: no file, class or network is within reach of a template.
 */
final class TemplateEngine extends Jinjava {
  private static final int CACHED_EXPRESSIONS = 1000;
  private static final int MOST_ELEMENTS = 1 << 16;

  private static final Set<String> TAGS =
      Set.of(
          "for",
          "endfor",
          "if",
          "elif",
          "else",
          "endif",
          "set",
          "endset",
          "macro",
          "endmacro",
          "call",
          "endcall",
          "break",
          "continue",
          "generation",
          "endgeneration");
  private static final Set<String> FILTERS =
      Set.of(
          "abs",
          "attr",
          "capitalize",
          "count",
          "d",
          "default",
          "dictsort",
          "first",
          "float",
          "indent",
          "int",
          "items",
          "join",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "reject",
          "rejectattr",
          "replace",
          "reverse",
          "round",
          "safe",
          "select",
          "selectattr",
          "sort",
          "string",
          "sum",
          "title",
          "tojson",
          "trim",
          "unique",
          "upper");
  private static final Set<String> FUNCTIONS =
      Set.of(":namespace", ":raise_exception", ":range", ":strftime_now");

  private final ExpressionFactory expressions =
      new ExpressionFactoryImpl(
          new TreeStore(new PythonSyntax(), new Cache(CACHED_EXPRESSIONS)), new PythonValues());
  private final Limits limits;
  private final JinjavaConfig config;

  TemplateEngine(Limits limits, Clock clock) {
    this.limits = limits;
    Additions.register(this);
    Context all = getGlobalContext();
    this.config =
        JinjavaConfig.newBuilder()
            .withLocale(Locale.ENGLISH)
            .withTimeZone(clock.getZone())
            .withDateTimeProvider(clock::millis)
            .withNestedInterpretationEnabled(false)
            .withMaxOutputSize(limits.outputCharacters())
            .withMaxStringLength(limits.outputCharacters())
            .withMaxListSize(MOST_ELEMENTS)
            .withMaxMapSize(MOST_ELEMENTS)
            .withKeepTrailingNewline(true)
            .withElResolver(new ValueResolver())
            .withDisabled(
                Map.of(
                    Library.TAG, namesBut(TAGS, all.getAllTags()),
                    Library.FILTER, namesBut(FILTERS, all.getAllFilters()),
                    Library.FUNCTION, namesBut(FUNCTIONS, all.getAllFunctions())))
            .withLegacyOverrides(
                LegacyOverrides.newBuilder()
                    .withEvaluateMapKeys(true)
                    .withIterateOverMapKeys(true)
                    .withUsePyishObjectMapper(true)
                    .withUseNaturalOperatorPrecedence(true)
                    .withParseWhitespaceControlStrictly(true)
                    .withAllowAdjacentTextNodes(true)
                    .withKeepNullableLoopValues(true)
                    .build())
            .withProcessors(
                JinjavaProcessors.newBuilder()
                    .withNodePreProcessor((node, run) -> ((BoundedInterpreter) run).spend(node))
                    .build())
            .build();
  }

  private static Set<String> namesBut(Set<String> kept, Collection<? extends Importable> all) {
    return all.stream()
        .map(Importable::getName)
        .filter(name -> !kept.contains(name))
        .collect(Collectors.toSet());
  }

  @Override
  public ExpressionFactory getExpressionFactory() {
    return expressions;
  }

  /** Runs a template, whitespace and notation of which are this engine's already. */
  String run(String template, Map<String, ?> variables) {
    Map<String, Object> all = new HashMap<>(Additions.names());
    all.putAll(variables);
    Context context = new Context(getGlobalContextCopy(), all, config.getDisabled());
    context.setExpressionStrategy(TemplateEngine::output);
    BoundedInterpreter run = new BoundedInterpreter(this, context, config, limits);
    try (var current = BoundedInterpreter.closeablePushCurrent(run).get()) {
      return current.value().render(template);
    }
  }

  private static RenderedOutputNode output(ExpressionToken token, JinjavaInterpreter run) {
    Object value = run.resolveELExpression(token.getExpr(), token.getLineNumber());
    return new RenderedOutputNode(((BoundedInterpreter) run).spend(PythonValues.text(value)));
  }
}
