package io.edgeshard.runtime.chat.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.chat.jinja.JinjaTemplate.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected texts are Jinja2's; where they come from is told in {@code chat/README.md}. */
class JinjaTemplateTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-07-04T12:30:00Z"), ZoneOffset.UTC);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Stream<Arguments> expressions() throws IOException {
    JsonNode resource = read("expressions.json");
    Map<String, Object> variables =
        MAPPER.readerForMapOf(Object.class).readValue(resource.get("variables"));
    return StreamSupport.stream(resource.get("snippets").spliterator(), false)
        .map(
            snippet ->
                Arguments.of(
                    snippet.get("template").asText(), snippet.get("text").asText(), variables));
  }

  private static JsonNode read(String name) throws IOException {
    try (InputStream in = JinjaTemplateTest.class.getResourceAsStream("/chat/" + name)) {
      return MAPPER.readTree(in);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("expressions")
  void render_expression_givesJinjasText(
      String template, String expected, Map<String, Object> variables) {
    assertThat(render(template, variables)).isEqualTo(expected);
  }

  @Test
  void render_anyWhitespace_givesJinjasText() throws IOException {
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, String> rendered = new LinkedHashMap<>();
    for (JsonNode template : read("whitespace.json")) {
      String source = template.get("template").asText();
      expected.put(source, template.get("text").asText());
      rendered.put(source, render(source, Map.of("x", " y ")));
    }
    assertThat(rendered).isEqualTo(expected).hasSizeGreaterThan(300);
  }

  @Test
  void render_windowsNewlines_areNewlines() {
    assertThat(render("a\r\n{% if true %}\r\nb\r\n{% endif %}\r\nc\r\n", Map.of()))
        .isEqualTo("a\nb\nc");
  }

  @Test
  void render_variablesWithTags_areNotRun() {
    assertThat(render("{{ x }}", Map.of("x", "{{ y }}{% if %}{# c #}")))
        .isEqualTo("{{ y }}{% if %}{# c #}");
  }

  @Test
  void render_raiseException_endsAtOnceWithItsReason() {
    assertThatThrownBy(
            () ->
                render(
                    "{% for x in [1] %}{% if x %}{{ raise_exception('no ' + 'way') }}{% endif %}"
                        + "{{ x.oops() }}{% endfor %}",
                    Map.of()))
        .isInstanceOf(RaisedException.class)
        .hasMessage("no way");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ x",
        "{% if x %}",
        "{% endif %}",
        "{{ 'open }}",
        "{# open",
        "{% raw %} open",
        "{% nosuchtag %}",
        "{{ x | nosuchfilter }}",
        "{{ x is nosuchtest }}",
        "{{ nosuchfunction() }}",
        "{{ x.nosuchmethod() }}",
        "{{ 1 + }}",
        "{{ '\\q' }}",
        "{% for x %}{% endfor %}",
        "{% for a, b in [1] %}{% endfor %}",
        "{% set %}",
        "{% if %}{% endif %}",
        "{{ 'a'.split('') }}",
        "{{ 'a'.startswith() }}"
      })
  void render_templateThatCannotBeRun_saysSo(String template) {
    assertThatThrownBy(() -> render(template, Map.of("x", "y")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("expected a chat template");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ x.class }}",
        "{{ x['class'] }}",
        "{{ x.bytes }}",
        "{{ [].class.forName }}",
        "{{ loop.class }}",
        "{% for i in [1] %}{{ loop.iterator }}{% endfor %}",
        "{{ ____int3rpr3t3r____.config }}",
        "{{ ____int3rpr3t3r____.context.parent }}",
        "{{ raise_exception.method }}",
        "{{ namespace(a=1).class }}"
      })
  void render_propertyOfJavaObject_isUndefined(String template) {
    assertThat(render(template, Map.of("x", "y"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ x.getClass() }}",
        "{{ x.getClass().forName('java.lang.Runtime') }}",
        "{{ [].add(1) }}",
        "{{ ____int3rpr3t3r____.getConfig() }}",
        "{{ ____int3rpr3t3r____.render('{{ 1 }}') }}",
        "{% include '/chat/README.md' %}",
        "{% import '/chat/README.md' as r %}",
        "{% from '/chat/README.md' import r %}",
        "{% extends '/chat/README.md' %}",
        "{{ x | pprint }}",
        "{{ x | log }}",
        "{{ '{{ 1 }}' | render }}",
        "{{ today() }}",
        "{{ type(x) }}"
      })
  void render_wayOutOfTheTemplate_isClosed(String template) {
    assertThatThrownBy(() -> render(template, Map.of("x", "y")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("expected a chat template");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}"
            + "{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}x"
            + "{% endfor %}{% endfor %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(1000) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(1000) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for a in range(1000) %}{% set n.x = n.x + n.x %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(1000) %}{% set n.x = n.x.replace('a', 'aba') %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(1000) %}{% set n.x = n.x | replace('a', 'aba') %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(1000) %}{% set n.x %}{{ n.x }}{{ n.x }}{% endset %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(1000) %}{% set n.x = [n.x, n.x] | join %}{% endfor %}",
        "{% set n = namespace(x='ab') %}{% for a in range(1000) %}{% set n.x = [n.x, n.x] | tojson %}{% endfor %}",
        "{% set n = namespace(x=['a']) %}{% for a in range(1000) %}{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x }}",
        "{% set n = namespace(x='a') %}{% for a in range(1000) %}{% set n.x = {'k': n.x, 'l': n.x} %}{% endfor %}{{ n.x }}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}{{ '' ~ raise_exception('end') }}",
        "{{ 'x' | indent(2000000000) }}{% for a in range(1000) %}{% for b in range(1000) %}{{ 'x' | indent(1000000, true) }}{% endfor %}{% endfor %}",
      })
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void render_templateWithoutEnd_isStopped(String template) {
    Limits limits = new Limits(1 << 16, 1 << 16, 1 << 20, Duration.ofSeconds(5));
    assertThatThrownBy(() -> new JinjaTemplate(template, limits, CLOCK).render(Map.of()))
        .isInstanceOfAny(ModelException.class, RaisedException.class);
  }

  @Test
  void render_templateThatTakesTooLong_isStopped() {
    Limits limits = new Limits(1 << 16, Integer.MAX_VALUE, Long.MAX_VALUE, Duration.ofMillis(50));
    String template =
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}{{ c }}"
            + "{% endfor %}{% endfor %}{% endfor %}";
    assertThatThrownBy(() -> new JinjaTemplate(template, limits, CLOCK).render(Map.of()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("takes at most 50 ms");
  }

  @Test
  void render_deepNesting_isRefused() {
    for (String open : List.of("(", "[", "not ", "-", "{% if true %}")) {
      String nested = open.repeat(200_000 / open.length());
      String template = open.startsWith("{") ? nested : "{{ " + nested + " }}";
      assertThatThrownBy(() -> render(template, Map.of())).isInstanceOf(ModelException.class);
    }
  }

  @Test
  void render_hugeTemplate_isRefused() {
    assertThatThrownBy(() -> render("x".repeat(1 << 19), Map.of()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at most 262144 characters, found 524288");
  }

  private static String render(String template, Map<String, ?> variables) {
    return new JinjaTemplate(template, Limits.GENEROUS, CLOCK).render(variables);
  }
}
