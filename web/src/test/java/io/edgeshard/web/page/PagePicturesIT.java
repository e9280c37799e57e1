package io.edgeshard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.Finished;
import io.edgeshard.web.generation.GenerationEvent.HopTime;
import io.edgeshard.web.generation.GenerationEvent.StageTime;
import io.edgeshard.web.generation.GenerationEvent.Timings;
import io.edgeshard.web.generation.GenerationEvent.Usage;
import io.edgeshard.web.generation.ScriptedGeneration;
import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import io.edgeshard.web.page.browser.View;
import io.edgeshard.web.plan.PlanViews;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pictures of the page for people to look at, in target/screenshots. */
@ExtendWith(BrowserExtension.class)
class PagePicturesIT {
  private static final String QUESTION =
      "Write a Java method that reverses a string, and explain it.";
  private static final String ANSWER =
      """
      Strings in Java cannot change, so a method that **reverses** one builds a new string:

      ```java
      /** Reverses a text; surrogate pairs stay together. */
      public static String reverse(String text) {
          return new StringBuilder(text).reverse().toString();
      }
      ```

      1. `new StringBuilder(text)` copies the characters into a buffer that *can* change.
      2. `reverse()` swaps them from both ends.
      3. `toString()` makes a string of the result.
      """;

  private static final Finished FINISHED =
      new Finished(
          FinishReason.STOP,
          new Usage(41, 0),
          new Timings(
              0.4,
              41,
              62,
              0,
              0,
              List.of(
                  new StageTime("kitchen-pi", "[0, 8)", 3.1),
                  new StageTime("laptop", "[8, 21)", 3.6),
                  new StageTime("desk", "[21, 30)", 3.4)),
              List.of(
                  new HopTime("kitchen-pi", "kitchen-pi", 0.12),
                  new HopTime("kitchen-pi", "laptop", 0.28),
                  new HopTime("laptop", "desk", 0.31),
                  new HopTime("desk", "kitchen-pi", 0.35))));

  private PageFixture fixture;

  @BeforeEach
  void startServer(Browsers browsers) {
    fixture = new PageFixture(browsers);
    fixture.become(PageFixture.cluster(1204));
  }

  @AfterEach
  void closePage() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "DARK", "PHONE"})
  void chat(View view) throws Exception {
    ChatPage page = fixture.open(view).awaitReady();
    String name = view.name().toLowerCase(Locale.ROOT);
    assertThat(page.page().locator(".example")).hasCount(4);
    page.picture(name + "-empty");

    ScriptedGeneration answer = fixture.ask(QUESTION);
    List<String> tokens = Arrays.asList(ANSWER.split("(?<=\\s)(?=\\S)", -1));
    int half = tokens.size() / 2;
    play(answer, tokens, 0, half);
    page.picture(name + "-streaming");
    play(answer, tokens, half, tokens.size());
    answer.emit(FINISHED);
    page.awaitState("complete");
    page.picture(name + "-answered");

    page.button("Where the time went").click();
    page.picture(name + "-details");
    page.button("Make this answer anew").click();
    fixture.generator().next().tokens("Shorter this time.").finish(FinishReason.LENGTH);
    page.awaitState("complete");
    page.picture(name + "-versions");
    page.page().locator(".question").hover();
    page.button("Edit this question").click();
    page.picture(name + "-edit");
    page.button("Cancel").click();
    page.button("Settings").click();
    page.picture(name + "-settings");
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "DARK", "PHONE"})
  void cluster(View view) {
    fixture.server().plans().become(PlanViews.measured(1));
    fixture
        .server()
        .plans()
        .answer(change -> CompletableFuture.completedFuture(PlanViews.withoutLaptop()));
    ChatPage page = fixture.open(view).awaitReady();
    String name = view.name().toLowerCase(Locale.ROOT) + "-cluster";
    page.openCluster();
    assertThat(page.page().locator(".pipeline")).isVisible();
    page.picture(name);
    page.page().locator(".figures-table").first().evaluate("e => e.scrollIntoView()");
    page.picture(name + "-times");
    page.page().locator(".cards").evaluate("e => e.scrollIntoView()");
    page.picture(name + "-memory");

    page.button("What if laptop were gone").click();
    assertThat(page.page().locator(".what-if-sum")).containsText("more than today");
    page.picture(name + "-what-if-click");
    page.page().locator("#what-if").evaluate("e => e.scrollIntoView()");
    page.picture(name + "-what-if");
    page.button("See the plan").click();
    page.picture(name + "-what-if-plan");
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "PHONE"})
  void largeCluster(View view) {
    fixture.server().plans().become(PlanViews.chain(15));
    ChatPage page = fixture.open(view).awaitReady();
    page.openCluster();
    page.page().locator(".pipeline").evaluate("e => e.scrollIntoView()");
    page.picture(view.name().toLowerCase(Locale.ROOT) + "-cluster-large");
  }

  @Test
  void trouble() throws Exception {
    ChatPage page = fixture.page();
    ScriptedGeneration answer = fixture.ask(QUESTION);
    answer.tokens("Strings in Java cannot change, so a method that **reverses** one");
    answer.fail("node_lost", "Node “laptop” was lost while it computed layers 8 to 20.");
    fixture.become(PageFixture.silentNode());
    page.awaitState("failed");
    assertThat(page.page().locator("#notice")).isVisible();
    page.button("Nodes").click();

    page.picture("broken-off-and-not-ready");
  }

  /** One after the other has to be seen to pass, so that the picture shows a speed. */
  private void play(ScriptedGeneration answer, List<String> tokens, int start, int end) {
    for (int i = start; i < end; i++) {
      answer.tokens(tokens.get(i));
      fixture.page().awaitPassedTokens(i + 1);
    }
  }
}
