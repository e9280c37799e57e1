package io.edgeshard.web.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.RawConnection;
import io.edgeshard.web.RunningServer;
import io.edgeshard.web.WebSettings;
import io.edgeshard.web.WebTest;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.ScriptedGeneration;
import io.edgeshard.web.guard.HttpLimits;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A stream of events as bytes on a socket, and readers who leave or do not read. */
class SseStreamTest extends WebTest {
  private static final int SOCKET_BUFFER_BYTES = 8 << 10;
  private static final Duration LONG = Duration.ofMinutes(5);

  @Test
  void framing_wholeStream_lineFeedsChunksAndNoCarriageReturns() throws Exception {
    server.generator().play(it -> it.tokens("a\r\nb").finish(FinishReason.STOP));

    try (RawConnection client = RawConnection.open(server)) {
      client.post(CHAT, chat("\"stream\":true"));
      String head = client.readUntil("\r\n\r\n").toLowerCase(Locale.ROOT);
      String body = client.readUntil("0\r\n\r\n");

      assertThat(head)
          .contains("http/1.1 200", "transfer-encoding: chunked", "content-type: text/event-stream")
          .contains("cache-control: no-cache", "x-accel-buffering: no")
          .doesNotContain("content-encoding", "content-length");
      String events = unchunked(body);
      assertThat(events).doesNotContain("\r").endsWith("data: [DONE]\n\n");
      assertThat(events.split("\n\n")).allMatch(event -> event.startsWith("data: "));
      assertThat(events).contains("\"content\":\"a\\r\\nb\"");
    }
  }

  @Test
  void framing_readerOfHttp10_noChunksAndTheConnectionEnds() throws Exception {
    server.generator().play(it -> it.tokens("a").finish(FinishReason.STOP));
    String body = chat("\"stream\":true");

    try (RawConnection client = RawConnection.open(server)) {
      client.send(
          "POST "
              + CHAT
              + " HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);

      assertThat(client.readToEnd())
          .contains("200 OK", "\r\n\r\ndata: {")
          .endsWith("data: [DONE]\n\n")
          .doesNotContain("chunked");
    }
  }

  @Test
  void heartbeat_nothingToSay_commentsUntilThereIs() throws Exception {
    try (RunningServer quick =
            RunningServer.start(
                WebSettings.forLoopback()
                    .withSse(new SseSettings(Duration.ofMillis(20), LONG, 0)));
        RawConnection client = RawConnection.open(quick)) {
      client.post(CHAT, chat("\"stream\":true"));
      ScriptedGeneration generation = quick.generator().next();

      client.readUntil("assistant");
      assertThat(client.readUntil(":\n\n")).endsWith(":\n\n");
      client.readUntil(":\n\n");
      generation.tokens("late").finish(FinishReason.STOP);
      client.readUntil("late");
      client.readUntil("[DONE]");
    }
  }

  @Test
  void reader_leaves_generationIsCancelled() throws Exception {
    RawConnection client = RawConnection.open(server);
    client.post(CHAT, chat("\"stream\":true"));
    ScriptedGeneration generation = server.generator().next();
    generation.tokens("a");
    client.readUntil("\"a\"");

    client.reset();

    generation.awaitCancel();
  }

  @Test
  void reader_leavesBeforeAWholeAnswer_generationIsCancelled() throws Exception {
    RawConnection client = RawConnection.open(server);
    client.post(CHAT, chat());
    ScriptedGeneration generation = server.generator().next();

    client.reset();

    generation.awaitCancel();
  }

  @Test
  void reader_closesItsHalf_countsAsGone() throws Exception {
    try (RawConnection client = RawConnection.open(server)) {
      client.post(CHAT, chat("\"stream\":true"));
      ScriptedGeneration generation = server.generator().next();

      client.closeOutput();

      generation.awaitCancel();
    }
  }

  @Test
  void reader_slow_generationIsPausedAndResumedAndNothingIsLost() throws Exception {
    try (RunningServer small = smallBuffers(new SseSettings(LONG, LONG, 64 << 10));
        RawConnection client = RawConnection.open(small, SOCKET_BUFFER_BYTES)) {
      client.post(CHAT, chat("\"stream\":true"));
      ScriptedGeneration generation = small.generator().next();
      String text = "x".repeat(1000);
      for (int i = 0; i < 2000; i++) {
        generation.tokens(text);
      }
      generation.finish(FinishReason.STOP);

      generation.awaitPause();
      String stream = client.readUntil("[DONE]");

      generation.awaitResume();
      assertThat(stream.split(text, -1)).hasSize(2001);
      assertThat(generation.isCancelled()).isFalse();
    }
  }

  @Test
  void reader_neverReads_isDroppedAndWhatWaitsForHimIsBounded() throws Exception {
    Duration stallLimit = Duration.ofMillis(200);
    try (RunningServer small = smallBuffers(new SseSettings(LONG, stallLimit, 64 << 10));
        RawConnection client = RawConnection.open(small, SOCKET_BUFFER_BYTES)) {
      client.post(CHAT, chat("\"stream\":true"));
      ScriptedGeneration generation = small.generator().next();
      String text = "x".repeat(1000);
      for (int i = 0; i < 20_000; i++) {
        generation.tokens(text);
      }

      generation.awaitPause();
      generation.awaitCancel();

      assertThat(generation.emittedCount()).isLessThan(2000);
      assertThat(client.readToEnd()).doesNotContain("[DONE]");
    }
  }

  @Test
  void source_deafToPause_readerIsDroppedWhenTooMuchWaits() throws Exception {
    try (RunningServer small = smallBuffers(new SseSettings(LONG, LONG, 64 << 10));
        RawConnection client = RawConnection.open(small, SOCKET_BUFFER_BYTES)) {
      client.post(CHAT, chat("\"stream\":true"));
      ScriptedGeneration generation = small.generator().next().deaf();
      String text = "x".repeat(1000);
      for (int i = 0; i < 20_000; i++) {
        generation.tokens(text);
      }

      generation.awaitCancel();

      assertThat(client.readToEnd().length()).isLessThan(1 << 20);
    }
  }

  @Test
  void server_closesWhileAReaderDoesNotRead_inTime() throws Exception {
    RunningServer small = smallBuffers(new SseSettings(LONG, LONG, 64 << 10));
    try (RawConnection client = RawConnection.open(small, SOCKET_BUFFER_BYTES)) {
      client.post(CHAT, chat("\"stream\":true"));
      ScriptedGeneration generation = small.generator().next();
      for (int i = 0; i < 2000; i++) {
        generation.tokens("x".repeat(1000));
      }
      generation.awaitPause();

      small.close();
    }
  }

  private static RunningServer smallBuffers(SseSettings settings) {
    return RunningServer.start(
        WebSettings.forLoopback().withSse(settings),
        HttpLimits.options().setSendBufferSize(SOCKET_BUFFER_BYTES));
  }

  /** The bytes without the lengths of their chunks. */
  private static String unchunked(String body) {
    return body.replaceAll("(?m)^[0-9a-f]+\r\n", "").replace("\r\n", "");
  }
}
