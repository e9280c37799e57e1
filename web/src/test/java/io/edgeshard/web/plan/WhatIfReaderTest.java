package io.edgeshard.web.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.web.error.ApiException;
import io.edgeshard.web.json.Json;
import io.edgeshard.web.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What changes may say and what is refused, by the field that is named. */
class WhatIfReaderTest {
  static Stream<Arguments> wrongFields() {
    return Stream.of(
        Arguments.of("secret", "{\"secret\":1}"),
        Arguments.of("objective", "{\"objective\":\"speed\"}"),
        Arguments.of("objective", "{\"objective\":7}"),
        Arguments.of("remove", "{\"remove\":\"laptop\"}"),
        Arguments.of("remove[0]", "{\"remove\":[5]}"),
        Arguments.of("remove[0]", "{\"remove\":[\" \"]}"),
        Arguments.of("remove[0]", "{\"remove\":[\"" + "x".repeat(201) + "\"]}"),
        Arguments.of("remove[1]", "{\"remove\":[\"a\",\"a\"]}"),
        Arguments.of("remove", "{\"remove\":[" + "\"a\",".repeat(256) + "\"b\"]}"),
        Arguments.of("add[0]", "{\"add\":[\"RTX 3090\"]}"),
        Arguments.of("add[0].device", "{\"add\":[{\"megabitsPerSecond\":1,\"latencyMs\":1}]}"),
        Arguments.of("add[0].megabitsPerSecond", "{\"add\":[{\"device\":\"x\",\"latencyMs\":1}]}"),
        Arguments.of("add[0].megabitsPerSecond", add("0", "1")),
        Arguments.of("add[0].megabitsPerSecond", add("1e300", "1")),
        Arguments.of("add[0].megabitsPerSecond", add("\"fast\"", "1")),
        Arguments.of("add[0].latencyMs", add("1", "-1")),
        Arguments.of("add[0].latencyMs", add("1", "1e9")),
        Arguments.of("add[0].colour", add("1", "1,\"colour\":1")),
        Arguments.of("links[0].factor", link("a", "b", "0")),
        Arguments.of("links[0].factor", link("a", "b", "-2")),
        Arguments.of("links[0].factor", link("a", "b", "1e9")),
        Arguments.of("links[0].factor", link("a", "b", "null")),
        Arguments.of("links[0].to", link("a", "a", "2")),
        Arguments.of("links[0].from", "{\"links\":[{\"to\":\"b\",\"factor\":2}]}"),
        Arguments.of("model", "{\"model\":\"\"}"),
        Arguments.of("contextTokens", "{\"contextTokens\":0}"),
        Arguments.of("contextTokens", "{\"contextTokens\":10000001}"),
        Arguments.of("contextTokens", "{\"contextTokens\":1.5}"),
        Arguments.of("sequences", "{\"sequences\":\"4\"}"),
        Arguments.of("sequences", "{\"sequences\":-4}"),
        Arguments.of("promptTokens", "{\"promptTokens\":99999999999999999999}"),
        Arguments.of("newTokens", "{\"newTokens\":true}"),
        Arguments.of("allowSlower", "{\"allowSlower\":\"yes\"}"));
  }

  @ParameterizedTest
  @MethodSource("wrongFields")
  void read_wrongField_isNamed(String param, String body) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.body().error().param()).isEqualTo(param);
              assertThat(refused.getMessage()).startsWith("expected ");
            });
  }

  @Test
  void read_emptyOrNull_nothingChanges() {
    assertThat(read("{}")).isEqualTo(WhatIf.nothing());
    assertThat(read("{\"objective\":null,\"add\":null,\"remove\":[],\"sequences\":null}"))
        .isEqualTo(WhatIf.nothing());
  }

  @Test
  void read_asJacksonWritesIt_isTheSame() {
    assertThat(read(Json.write(WhatIf.nothing()))).isEqualTo(WhatIf.nothing());
    assertThat(read(Json.write(WhatIf.wanting("energy", "best"))))
        .isEqualTo(WhatIf.wanting("energy", "best"));
  }

  @Test
  void read_everyField_isKept() {
    assertThat(
            read(
                """
                {"objective":"throughput","planner":"edge-solo","model":"Llama2-7B","contextTokens":4096,"sequences":2,
                 "add":[{"device":"RTX 3090","megabitsPerSecond":100,"latencyMs":0.5}],
                 "remove":["desk"],"links":[{"from":"a","to":"b","factor":0.5}],
                 "promptTokens":64,"newTokens":10,"allowSlower":false}
                """))
        .isEqualTo(
            new WhatIf(
                "throughput",
                "edge-solo",
                List.of(new WhatIf.AddedDevice("RTX 3090", 100, 0.5)),
                List.of("desk"),
                List.of(new WhatIf.ChangedLink("a", "b", 0.5)),
                "Llama2-7B",
                4096,
                2,
                64,
                10,
                false));
  }

  private static String add(String rate, String latency) {
    return "{\"add\":[{\"device\":\"x\",\"megabitsPerSecond\":"
        + rate
        + ",\"latencyMs\":"
        + latency
        + "}]}";
  }

  private static String link(String from, String to, String factor) {
    return "{\"links\":[{\"from\":\"%s\",\"to\":\"%s\",\"factor\":%s}]}"
        .formatted(from, to, factor);
  }

  private static WhatIf read(String body) {
    return WhatIfReader.read(StrictJson.readObject(body.getBytes(StandardCharsets.UTF_8)));
  }
}
