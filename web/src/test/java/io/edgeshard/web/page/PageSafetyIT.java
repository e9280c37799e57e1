package io.edgeshard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Text that would like to be more than text. */
@ExtendWith(BrowserExtension.class)
class PageSafetyIT {
  private static final List<String> MARKUP =
      List.of(
          "<script>window.ran = true; alert(1)</script>",
          "<img src=x onerror=\"window.ran = true\">",
          "Text with <b onmouseover=alert(1)>bold</b> and <iframe src=http://evil.invalid/></iframe>",
          "<div>\n<svg onload=alert(1)><style>*{display:none}</style></svg>\n</div>",
          "- <object data=http://evil.invalid/x></object>",
          "<a href=\"javascript:alert(1)\">click</a>",
          "<!-- a comment --> and <form action=http://evil.invalid/><input></form>",
          "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>");
  private static final String MADE_OF_MARKUP =
      ".answer-text :is(script, img, iframe, svg:not(.icon), style, object, form, input, math, b, a)";

  private PageFixture fixture;
  private ChatPage page;

  @BeforeEach
  void openPage(Browsers browsers) {
    fixture = new PageFixture(browsers);
    page = fixture.page();
  }

  @AfterEach
  void closePage() {
    fixture.close();
  }

  @Test
  void markupInAnAnswer_isShownAsText() throws Exception {
    for (String markup : MARKUP) {
      fixture.ask("Print this").tokens(markup).finish(FinishReason.STOP);
      page.awaitState("complete");

      String shown = (String) page.answer().locator(".answer-text").evaluate("e => e.textContent");
      assertThat(shown.replaceAll("\\s", ""))
          .contains(markup.replaceFirst("^- ", "").replaceAll("\\s", ""));
      assertThat(page.page().locator(MADE_OF_MARKUP)).hasCount(0);
      assertThat(page.page().evaluate("window.ran")).isNull();
    }
  }

  @Test
  void linksAndPictures_loadNothingAndTellNothing() throws Exception {
    fixture
        .ask("Links?")
        .tokens(
            "[good](https://example.invalid/a) [bad](javascript:window.ran=true)"
                + " [data](data:text/html,x) ![picture](https://evil.invalid/p.png)")
        .finish(FinishReason.STOP);
    page.awaitState("complete");

    assertThat(page.answer().locator("a[href]")).hasText(new String[] {"good", "picture"});
    for (var link : page.answer().locator("a[href]").all()) {
      assertThat(link).hasAttribute("rel", "noopener noreferrer");
      assertThat(link).hasAttribute("target", "_blank");
    }
    assertThat(page.answer().locator("img")).hasCount(0);
  }

  @Test
  void markupInAQuestionAndInANodesName_isTextToo() throws Exception {
    String markup = "<img src=x onerror=\"window.ran = true\">";
    page.ask(markup);
    fixture.generator().next().fail("x", markup);
    page.awaitState("failed");

    assertThat(page.page().locator(".bubble")).hasText(markup);
    assertThat(page.page().locator(".chat-title")).hasText(markup);
    assertThat(page.answer().locator(".banner p")).hasText(markup);
    assertThat(page.page().locator("img")).hasCount(0);
    assertThat(page.page().evaluate("window.ran")).isNull();
  }

  @Test
  void markupPrintedTokenByToken_isNeverMoreThanText() throws Exception {
    var answer = fixture.ask("Print this");
    for (String token :
        "<scr|ipt>|window|.ran = |true</|script> <i|mg src=x on|error=alert(1)>".split("\\|", -1)) {
      answer.tokens(token);
      page.awaitAnswer(token.strip());
    }
    answer.finish(FinishReason.STOP);
    page.awaitState("complete");

    assertThat(page.page().locator(".answer-text :is(script, img)")).hasCount(0);
    assertThat(page.page().evaluate("window.ran")).isNull();
  }

  @Test
  void scriptThatIsAddedToThePage_doesNotRun() {
    Object outcome =
        page.page()
            .evaluate(
                """
                () => {
                  try {
                    const element = document.createElement("div");
                    element.innerHTML = "<b>bold</b>";
                    return "markup was taken";
                  } catch (error) {
                    return error.name;
                  }
                }
                """);

    assertThat(outcome).isEqualTo("TypeError");
    assertThat(page.forgetProblems()).anyMatch(problem -> problem.contains("TrustedHTML"));
  }
}
