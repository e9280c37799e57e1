package io.edgeshard.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.RawConnection;
import io.edgeshard.web.RunningServer;
import io.edgeshard.web.WebSettings;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and names that are not ours. */
class OriginGuardTest extends WebTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:8080",
        "127.0.0.2",
        "127.0.0.1:8080",
        "[::1]:8080",
        "localhost:9000"
      })
  void host_thisMachine_isAnswered(String host) throws Exception {
    assertThat(post(server, host)).contains("200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "127.0.0.1.nip.io",
        "192.168.0.7:8080",
        "[::2]:80",
        "localhost\r\nHost: evil.example"
      })
  void host_foreign_403(String host) throws Exception {
    assertThat(post(server, host)).contains("403 Forbidden", "\"code\":\"foreign_host\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "http://evil.example",
        "https://localhost:8080",
        "http://localhost:8081",
        "http://localhost:8080.evil.example"
      })
  void origin_foreign_403(String origin) throws Exception {
    assertThat(post(server, "localhost:8080", "Origin: " + origin))
        .contains("403 Forbidden", "\"code\":\"foreign_origin\"");
  }

  @Test
  void origin_ownPage_isAnsweredAndGetsNoCorsHeaders() throws Exception {
    assertThat(post(server, "localhost:8080", "Origin: http://localhost:8080"))
        .contains("200 OK")
        .doesNotContain("access-control");
  }

  @Test
  void anyPath_foreignHost_403BeforeItIsLookedAt() throws Exception {
    try (RawConnection client = RawConnection.open(server)) {
      client.send("DELETE /nothing HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
      assertThat(client.readToEnd()).contains("403 Forbidden");
    }
  }

  @Test
  void network_anyHostAndOrigin_isAnswered() throws Exception {
    try (RunningServer open =
        RunningServer.start(WebSettings.of(WebSettings.Access.of(false, Set.of(), ApiKeys.NONE)))) {
      assertThat(post(open, "chat.example", "Origin: http://other.example")).contains("200 OK");
    }
  }

  private static String post(RunningServer server, String host, String... headers)
      throws Exception {
    server.generator().play(it -> it.tokens("a").finish(FinishReason.STOP));
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Connection: close";
    try (RawConnection client = RawConnection.open(server)) {
      return client.post(CHAT, host, chat(), all).readToEnd();
    }
  }
}
