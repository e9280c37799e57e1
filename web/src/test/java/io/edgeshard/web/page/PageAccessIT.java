package io.edgeshard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.ScriptedGeneration;
import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import io.edgeshard.web.page.browser.View;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page for everybody: keyboard, screen reader, small screen, dark, without motion. */
@ExtendWith(BrowserExtension.class)
class PageAccessIT {
  private static final String RICH =
      """
      # A heading

      Some `code`, a [link](https://example.invalid/) and a list:

      - one
      - [x] two

      ```java
      String veryLongLineOfCode = "that is much wider than any telephone and has to be scrolled by itself";
      ```

      | Measurement | Temperature | Concentration | Characteristics |
      |---|---|---|---|
      | averylongword | 2 | 3 | 4 |

      > A quotation with%s.
      """
          .formatted("averylongword".repeat(20));

  private PageFixture fixture;

  @BeforeEach
  void startServer(Browsers browsers) {
    fixture = new PageFixture(browsers);
  }

  @AfterEach
  void closePage() {
    fixture.close();
  }

  @Test
  void keyboard_isEnough() throws Exception {
    fixture.open(View.DESKTOP);
    page().awaitReady();
    assertThat(page().question()).isFocused();
    press("A");
    press("Shift+Enter");
    press("B");
    assertThat(page().question()).hasValue("A\nB");
    press("Enter");
    ScriptedGeneration answer = fixture.generator().next();
    answer.tokens("So");
    page().awaitAnswer("So");
    press("Escape");
    answer.awaitCancel();
    page().awaitState("stopped");
    assertThat(page().question()).isFocused();

    press("Shift+Tab");
    assertThat(page().button("Make this answer anew")).isFocused();
    press("Enter");
    fixture.generator().next().tokens("Anew").finish(FinishReason.STOP);
    page().awaitAnswer("Anew");
    page().awaitState("complete");
    assertThat(page().button("Make this answer anew")).isFocused();

    page().button("Settings").focus();
    press("Enter");
    assertThat(page().page().locator("#settings")).isVisible();
    press("Escape");
    assertThat(page().page().locator("#settings")).isHidden();
    assertThat(page().button("Settings")).isFocused();
  }

  @Test
  void skipLink_isFirstAndLeadsToTheQuestion() throws Exception {
    fixture.ask("Hello?").tokens("Good morning").finish(FinishReason.STOP);
    page().awaitState("complete");
    Locator first = page().page().locator("a, button, input, textarea, [tabindex]").first();
    assertThat(first).hasText("Skip to your question");
    first.focus();
    assertThat(first).isInViewport();
    press("Enter");

    assertThat(page().question()).isFocused();
    page().awaitAnswer("Good morning");
  }

  @Test
  void screenReader_isToldOfAnswersButNotOfTokens() throws Exception {
    fixture.open(View.DESKTOP);
    page()
        .page()
        .evaluate(
            """
            () => {
              window.told = [];
              const region = document.getElementById("announcer");
              new MutationObserver(() => window.told.push(region.textContent))
                .observe(region, { childList: true, characterData: true, subtree: true });
            }
            """);

    ScriptedGeneration answer = fixture.ask("Hello?");
    for (String token : List.of("Good", " morning", " to", " you")) {
      answer.tokens(token);
      page().awaitAnswer(token.strip());
    }
    answer.finish(FinishReason.STOP);
    page().awaitState("complete");

    assertThat(page().page().evaluate("window.told"))
        .isEqualTo(List.of("Answering", "Answer: Good morning to you"));
    assertThat(page().page().locator(".transcript [aria-live]")).hasCount(0);
  }

  @Test
  void phone_needsNoSidewaysScrolling() throws Exception {
    fixture.open(View.PHONE);
    page().awaitReady();
    assertFits();
    fixture.ask("Something rich").tokens(RICH).finish(FinishReason.STOP);
    page().awaitState("complete");
    page().button("Where the time went").click();
    page().button("Nodes").click();
    assertFits();
    page().button("Settings").click();
    assertFits();
    page().button("Close the settings").click();

    assertThat(page().page().locator("#chats")).isHidden();
    page().button("Chats").click();
    assertThat(page().button("New chat")).isFocused();
    page().button("New chat").click();
    assertThat(page().page().locator("#chats")).isHidden();
    assertThat(page().messages()).hasCount(0);
  }

  @Test
  void zoomedTwice_halfOfTheScreenIsTheConversations() throws Exception {
    fixture.open(View.ZOOMED);
    fixture.ask("Something rich").tokens(RICH).finish(FinishReason.STOP);
    page().awaitState("complete");
    assertFits();
    page().picture("zoomed");

    assertThat(
            (double)
                page()
                    .page()
                    .evaluate("document.querySelector('#transcript').clientHeight / innerHeight"))
        .isGreaterThan(0.5);
  }

  @Test
  void theme_followsTheSystemUntilChosen() {
    fixture.open(View.DARK);
    String dark = paper();
    page().button("Colours: as the system").click();
    String light = paper();
    assertThat(light).isNotEqualTo(dark);

    page().page().reload();

    assertThat(page().button("Colours: light")).isVisible();
    assertThat(paper()).isEqualTo(light);
    page().button("Colours: light").click();
    assertThat(paper()).isEqualTo(dark);
  }

  @Test
  void tokens_passWithoutMotionForWhoWantsNone() throws Exception {
    fixture.open(View.STILL);
    fixture.ask("Hello?").tokens("Good", " morning");

    page().awaitPassedTokens(2);

    assertThat(page().page().locator(".wire .token")).hasCount(0);
    assertThat(page().page().locator(".wire")).hasAttribute("data-moving", "true");
  }

  @ParameterizedTest
  @EnumSource(names = {"DESKTOP", "DARK", "PHONE"})
  void rulesOfAccessibility_hold(View view) throws Exception {
    fixture.open(view);
    page().awaitReady();
    assertThat(Axe.violations(page().page())).as("empty page").isEmpty();

    fixture.ask("Something rich").tokens(RICH).finish(FinishReason.STOP);
    page().awaitState("complete");
    page().button("Where the time went").click();
    page().button("Nodes").click();
    assertThat(Axe.violations(page().page())).as("answer").isEmpty();

    fixture.ask("More").tokens("And").fail("node_lost", "Node “laptop” was lost.");
    page().awaitState("failed");
    fixture.become(PageFixture.silentNode());
    assertThat(page().page().locator("#notice")).isVisible();
    assertThat(Axe.violations(page().page())).as("trouble").isEmpty();

    page().button("Settings").click();
    assertThat(Axe.violations(page().page())).as("settings").isEmpty();
    assertThat(page().forgetProblems())
        .as("but for axe's own")
        .allMatch(p -> p.contains("Canvas2D"));
  }

  private ChatPage page() {
    return fixture.page();
  }

  private void press(String key) {
    page().page().keyboard().press(key);
  }

  private String paper() {
    return (String) page().page().evaluate("getComputedStyle(document.body).backgroundColor");
  }

  private void assertFits() {
    Page shown = page().page();
    assertThat(shown.evaluate("document.documentElement.scrollWidth <= innerWidth"))
        .as("the page is no wider than the screen")
        .isEqualTo(true);
    assertThat(
            shown.evaluate(
                "[...document.querySelectorAll('.transcript, .settings, .composer-area')]"
                    + ".every(e => e.scrollWidth <= e.clientWidth)"))
        .as("no part of it has to be scrolled sideways")
        .isEqualTo(true);
  }
}
