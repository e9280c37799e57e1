package io.edgeshard.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.RunningServer;
import io.edgeshard.web.WebSettings;
import io.edgeshard.web.generation.SamplingDefaults;
import io.edgeshard.web.generation.ScriptedGeneration;
import io.edgeshard.web.generation.ScriptedTextGenerator;
import io.edgeshard.web.generation.ServedModel;
import io.edgeshard.web.guard.ApiKeys;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import io.edgeshard.web.page.browser.View;
import io.edgeshard.web.status.ClusterStatus;
import io.edgeshard.web.status.ClusterStatus.Node;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page in front of the real server, whose text and cluster a test plays. Closing it fails when
 * anything happened that should not have: see {@link ChatPage#problems()}.
 */
final class PageFixture implements AutoCloseable {
  private static final SamplingDefaults SAMPLING = new SamplingDefaults(0.6, 0.9, 30, 0.02, 1.05);

  private static final long MB = 1L << 20;

  private final RunningServer server;
  private final Browsers browsers;
  private @Nullable ChatPage page;

  PageFixture(Browsers browsers) {
    this(browsers, ApiKeys.NONE);
  }

  /** The same, where clients must show a key. */
  PageFixture(Browsers browsers, ApiKeys keys) {
    this.browsers = browsers;
    this.server = RunningServer.start(WebSettings.of(WebSettings.Access.of(true, Set.of(), keys)));
    serve(2048);
    server.cluster().become(cluster(0));
  }

  /** The model that is served has a context of so many tokens. */
  void serve(int contextTokens) {
    generator()
        .serve(new ServedModel("SmolLM2-135M-Instruct", 1_700_000_000L, contextTokens, SAMPLING));
  }

  /** The page, opened on an ordinary screen when it is not open yet. */
  ChatPage page() {
    ChatPage opened = page;
    return opened != null ? opened : open(View.DESKTOP);
  }

  /** Opens the page. */
  ChatPage open(View view) {
    ChatPage opened = browsers.open(server.uri("/"), view);
    page = opened;
    return opened;
  }

  ScriptedTextGenerator generator() {
    return server.generator();
  }

  RunningServer server() {
    return server;
  }

  /** Asks and gives the answer to be played. */
  ScriptedGeneration ask(String question) throws InterruptedException {
    page().ask(question);
    return generator().next();
  }

  /** From now on the cluster is like this. */
  void become(ClusterStatus status) {
    server.cluster().become(status);
  }

  /** Three nodes that serve, after so many steps. */
  static ClusterStatus cluster(long steps) {
    return new ClusterStatus(
        true,
        "",
        "SmolLM2-135M-Instruct",
        "fast",
        1,
        30,
        nodes("ready"),
        steps,
        List.of(),
        List.of(),
        "");
  }

  /** Three nodes of which one is silent. */
  static ClusterStatus silentNode() {
    return new ClusterStatus(
        false,
        "node “laptop” has been silent for 6 s; its layers 8 to 20 are missing",
        "SmolLM2-135M-Instruct",
        "fast",
        1,
        30,
        nodes("silent"),
        0,
        List.of(),
        List.of(),
        "");
  }

  /** Three nodes of which one has left, so that no plan is in force. */
  static ClusterStatus lostNode() {
    return new ClusterStatus(
        false,
        "node laptop, which ran layers [8, 21), has left the cluster; waiting for nodes: 2 of 3",
        "SmolLM2-135M-Instruct",
        "fast",
        1,
        30,
        nodes("lost"),
        0,
        List.of(),
        List.of(
            new ClusterStatus.Loss(
                "laptop", "192.168.1.11", "edgeshard join 192.168.1.10 --name laptop")),
        "waiting for nodes: 2 of 3 are here");
  }

  /** Three nodes that serve, and a process that was refused. */
  static ClusterStatus refusedNode() {
    return new ClusterStatus(
        true,
        "",
        "SmolLM2-135M-Instruct",
        "fast",
        1,
        30,
        nodes("ready"),
        0,
        List.of(
            new ClusterStatus.Refused(
                "stranger", "192.0.2.7", "it has not proven that it has the join token")),
        List.of(),
        "");
  }

  private static List<Node> nodes(String stateOfSecond) {
    return List.of(
        new Node("kitchen-pi", "ready", 0, 8, true, false, 94 * MB, 171 * MB, 512 * MB),
        new Node("laptop", stateOfSecond, 8, 21, false, false, 121 * MB, 204 * MB, 1024 * MB),
        new Node("desk", "ready", 21, 30, false, true, 118 * MB, 196 * MB, 768 * MB));
  }

  @Override
  public void close() {
    try {
      if (page != null) {
        assertThat(page.problems()).as("what should not have happened on the page").isEmpty();
        page.close();
      }
    } finally {
      server.close();
    }
  }
}
