package io.edgeshard.web;

import org.junit.jupiter.api.AfterEach;

/** A test with a server of its own. */
public abstract class WebTest {
  /** Where chats are asked. */
  protected static final String CHAT = "/v1/chat/completions";

  /** Where texts are continued. */
  protected static final String COMPLETION = "/v1/completions";

  protected final RunningServer server = RunningServer.start();
  protected final Http http = new Http(server);

  @AfterEach
  void stopServer() {
    server.close();
  }

  /** A chat of one message, with further fields. */
  protected static String chat(String... fields) {
    return body("\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]", fields);
  }

  /** A text to be continued, with further fields. */
  protected static String completion(String... fields) {
    return body("\"prompt\":\"Once\"", fields);
  }

  private static String body(String prompt, String... fields) {
    String more = fields.length == 0 ? "" : "," + String.join(",", fields);
    return "{\"model\":\"tiny\"," + prompt + more + "}";
  }
}
