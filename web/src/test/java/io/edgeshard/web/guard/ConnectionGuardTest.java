package io.edgeshard.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.RawConnection;
import io.edgeshard.web.RunningServer;
import io.edgeshard.web.WebSettings;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.ScriptedGeneration;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients who take their time, on sockets. */
class ConnectionGuardTest extends WebTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void request_neverBegun_connectionIsClosed() throws Exception {
    try (RunningServer strict = limited(new ConnectionLimits(9, SHORT, LONG, LONG));
        RawConnection client = RawConnection.open(strict)) {
      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void headers_neverComplete_connectionIsClosed() throws Exception {
    try (RunningServer strict = limited(new ConnectionLimits(9, SHORT, LONG, LONG));
        RawConnection client = RawConnection.open(strict)) {
      Thread drip = drip(client.send("POST " + CHAT + " HTTP/1.1\r\n"), "X-Slow: 1\r\n");

      assertThat(client.readToEnd()).doesNotContain("200");
      drip.join(20_000);
      assertThat(drip.isAlive()).isFalse();
    }
  }

  @Test
  void body_neverComplete_connectionIsClosed() throws Exception {
    try (RunningServer strict = limited(new ConnectionLimits(9, LONG, SHORT, LONG));
        RawConnection client = RawConnection.open(strict)) {
      client.send(
          "POST "
              + CHAT
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: 1000000\r\n\r\n{");

      assertThat(client.readToEnd()).isEmpty();
    }
  }

  @Test
  void nextRequest_neverBegun_connectionIsClosed() throws Exception {
    try (RunningServer strict = limited(new ConnectionLimits(9, LONG, LONG, SHORT));
        RawConnection client = RawConnection.open(strict)) {
      client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");

      assertThat(client.readToEnd()).contains("200 OK");
    }
  }

  @Test
  void answer_slowerThanEveryLimit_isWaitedFor() throws Exception {
    try (RunningServer strict = limited(new ConnectionLimits(9, SHORT, SHORT, SHORT));
        RawConnection waiting = RawConnection.open(strict);
        RawConnection idle = RawConnection.open(strict)) {
      waiting.post(CHAT, chat());
      ScriptedGeneration generation = strict.generator().next();
      // closed by limits that began after the other's request
      assertThat(idle.readToEnd()).isEmpty();
      try (RawConnection later = RawConnection.open(strict)) {
        assertThat(later.readToEnd()).isEmpty();
      }

      generation.tokens("slow").finish(FinishReason.STOP);

      assertThat(waiting.readToEnd()).contains("200 OK", "slow");
    }
  }

  @Test
  void connections_tooMany_theLastIsClosedAndTheOthersGoOn() throws Exception {
    try (RunningServer strict = limited(new ConnectionLimits(2, LONG, LONG, LONG));
        RawConnection first = RawConnection.open(strict);
        RawConnection second = RawConnection.open(strict)) {
      assertLive(first);
      assertLive(second);

      try (RawConnection third = RawConnection.open(strict)) {
        assertThat(third.readToEnd()).isEmpty();
      }

      assertLive(first);
    }
  }

  @Test
  void answerInOnePiece_neverRead_connectionIsClosed() throws Exception {
    try (RunningServer strict = limited(new ConnectionLimits(9, LONG, LONG, SHORT));
        RawConnection client = RawConnection.open(strict, 8 << 10)) {
      String text = "x".repeat(1 << 20);
      strict.generator().play(it -> it.tokens(text, text, text, text).finish(FinishReason.STOP));
      for (int i = 0; i < 4; i++) {
        client.post(CHAT, chat());
      }

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void requests_pipelined_areAllAnswered() throws Exception {
    String get = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (RawConnection client = RawConnection.open(server)) {
      client.send(get + get + get);

      for (int i = 0; i < 3; i++) {
        assertThat(client.readUntil("\"live\"}")).contains("200 OK");
      }
    }
  }

  @Test
  void bytes_thatAreNoRequest_400AndClosed() throws Exception {
    assertThat(answerTo("\u0016\u0003\u0001 hello\r\n\r\n")).contains("400", "malformed_request");
    assertThat(answerTo("GET /" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n"))
        .contains("414", "uri_too_long");
    assertThat(answerTo("GET / HTTP/1.1\r\nX: " + "a".repeat(20_000) + "\r\n\r\n"))
        .contains("431", "headers_too_large");
    assertThat(answerTo("GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .contains("400", "malformed_request");
    assertThat(answerTo("GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .contains("400", "malformed_request");
    assertThat(http.get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void expectContinue_beforeTheBody_isAllowed() throws Exception {
    server.generator().play(it -> it.tokens("a").finish(FinishReason.STOP));
    String body = chat();
    try (RawConnection client = RawConnection.open(server)) {
      client.send(
          "POST "
              + CHAT
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Expect: 100-continue\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n");

      assertThat(client.readUntil("\r\n\r\n")).contains("100 Continue");
      client.send(body);
      assertThat(client.readUntil("\r\n\r\n")).contains("200 OK");
    }
  }

  private String answerTo(String bytes) throws IOException {
    try (RawConnection client = RawConnection.open(server)) {
      return client.send(bytes).readToEnd();
    }
  }

  private static void assertLive(RawConnection client) throws IOException {
    client.send("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(client.readUntil("\"live\"}")).contains("200 OK");
  }

  /** Sends a line again and again until the server closes. */
  private static Thread drip(RawConnection client, String line) {
    Thread thread =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 2000; i++) {
                  client.send(line);
                  // The pace is what is tested: bytes that keep coming, but never fast enough.
                  Thread.sleep(5);
                }
              } catch (IOException | InterruptedException e) {
                // closed, as it should be
              }
            });
    thread.start();
    return thread;
  }

  private static RunningServer limited(ConnectionLimits limits) {
    return RunningServer.start(WebSettings.forLoopback().withConnections(limits));
  }
}
