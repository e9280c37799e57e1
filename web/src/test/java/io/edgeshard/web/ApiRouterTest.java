package io.edgeshard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.status.ScriptedClusterStatus;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HEAD on the routes of the API, on sockets: a body that came would stand before what is next. */
class ApiRouterTest extends WebTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models",
        "/v1/models/tiny",
        "/v1/models/none",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/cluster",
        "/cluster/events",
        "/cluster/plan",
        "/cluster/devices",
        "/cluster/models"
      })
  void head_ofWhatGetAnswers_isTheSameWithoutBody(String path) throws Exception {
    assertThat(head(path)).isEqualTo(headOfGet(path));
  }

  @Test
  void head_clusterNotReady_saysSo() throws Exception {
    server.cluster().become(ScriptedClusterStatus.notReady("Node two is silent."));

    assertThat(head("/health/ready")).first().asString().contains("503");
  }

  @Test
  void head_ofWhatIsPostedTo_isRefused() throws Exception {
    assertThat(head(CHAT)).first().asString().contains("405");
    assertThat(head(CHAT)).contains("allow: POST");
  }

  @Test
  void otherMethods_onWhatIsReadAndOrdered_areRefusedWithTheirNames() throws Exception {
    try (RawConnection client = RawConnection.open(server)) {
      client.send("DELETE /cluster/plan HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(client.readUntil("\r\n\r\n")).contains("405", "allow: GET, HEAD, POST");
    }
  }

  /** The lines of the answer to HEAD, after which the connection goes on with another request. */
  private List<String> head(String path) throws IOException {
    try (RawConnection client = RawConnection.open(server)) {
      client.send(request("HEAD", path));
      List<String> head = lines(client.readUntil("\r\n\r\n"));
      client.send(request("GET", "/health/live"));
      assertThat(client.readUntil("\"live\"}")).startsWith("HTTP/1.1 200 OK");
      return head;
    }
  }

  private List<String> headOfGet(String path) throws IOException {
    try (RawConnection client = RawConnection.open(server)) {
      return lines(client.send(request("GET", path)).readUntil("\r\n\r\n"));
    }
  }

  private static String request(String method, String path) {
    return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  /** Without what tells how a body is sent, which the answer to HEAD may leave out. */
  private static List<String> lines(String head) {
    return head.lines()
        .filter(line -> !line.startsWith("content-length:"))
        .filter(line -> !line.startsWith("transfer-encoding:"))
        .filter(line -> !line.startsWith("X-Request-Id:"))
        .toList();
  }
}
