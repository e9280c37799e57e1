package io.edgeshard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationRefusedException.Reason;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.GenerationRequest.Chat;
import io.edgeshard.web.generation.GenerationRequest.Message;
import io.edgeshard.web.generation.ScriptedGeneration;
import io.edgeshard.web.guard.ApiKeys;
import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import io.edgeshard.web.status.ClusterStatus;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page says and does when something goes wrong. */
@ExtendWith(BrowserExtension.class)
class PageTroubleIT {
  private static final String LONG = "word ".repeat(60).trim();

  /** More than the page tries before it gives an answer up. */
  private static final int TRIES_AFTER_LOSS = 100;

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
  void serverThatWantsAKey_isAskedForItOnceAndItIsSent(Browsers browsers) throws Exception {
    try (PageFixture guarded =
        new PageFixture(browsers, ApiKeys.of(List.of("correct-horse-battery")))) {
      ChatPage page = guarded.page();
      Locator dialog = page.page().locator(".key-dialog");
      dialog.locator("input").fill("wrong");
      page.button("Use this key").click();
      assertThat(dialog).containsText("does not know the key");
      dialog.locator("input").fill("correct-horse-battery");
      page.button("Use this key").click();
      assertThat(dialog).hasCount(0);
      guarded.ask("Hello?").tokens("Yes.").finish(FinishReason.STOP);
      page.awaitAnswer("Yes.");
    }
  }

  @Test
  void nodeThatLeft_isNamedWithTheLineThatBringsItBack() {
    fixture.become(PageFixture.lostNode());
    Locator notice = page().page().locator(".loss-notice");
    assertThat(notice).containsText("laptop has left. To bring it back, type on 192.168.1.11:");
    assertThat(notice.locator("code")).hasText("edgeshard join 192.168.1.10 --name laptop");
    assertThat(notice).containsText("Now: waiting for nodes: 2 of 3 are here.");
    assertThat(page().button("Copy the line that brings laptop back")).isVisible();
    fixture.become(PageFixture.cluster(1));
    assertThat(notice).isHidden();
  }

  @Test
  void planThatChangesDuringAChat_isSaidInIt() throws Exception {
    fixture.ask("One?").tokens("One.").finish(FinishReason.STOP);
    page().awaitState("complete");
    ClusterStatus before = PageFixture.cluster(1);
    fixture.become(
        new ClusterStatus(
            true,
            "",
            before.model(),
            before.weights(),
            before.planId() + 1,
            before.layerCount(),
            before.nodes(),
            2,
            List.of(),
            List.of(),
            ""));
    assertThat(page().page().locator(".plan-note"))
        .hasText("From here on the layers are spread anew, over 3 nodes.");
    page().page().reload();
    assertThat(page().messages()).hasCount(2);
    assertThat(page().page().locator(".plan-note")).hasCount(0);
  }

  @Test
  void answerThatRepeatsItself_canBeStopped() throws Exception {
    ScriptedGeneration answer = fixture.ask("Tell me a story");
    Locator notice = page().page().locator(".loop-notice");
    answer.tokens("A story begins in a small town by the river. ".repeat(3));
    assertThat(notice).isHidden();
    answer.tokens("And then the cat sat down on the old mat. ".repeat(8), " more");
    answer.tokens("And then the cat sat down on the old mat. ".repeat(8));
    assertThat(notice).containsText("This answer seems to repeat itself.");
    page().button("Stop it").click();
    answer.awaitCancel();
    page().awaitState("stopped");
    assertThat(notice).isHidden();
  }

  @Test
  void processWithoutTheJoinToken_isNamedOnThePage() {
    fixture.become(PageFixture.refusedNode());
    assertThat(page().page().locator("#cluster"))
        .containsText(
            "stranger at 192.0.2.7 is not used: it has not proven that it has the join token.");
    fixture.become(PageFixture.cluster(1));
    assertThat(page().page().locator("#cluster")).not().containsText("stranger");
  }

  @Test
  void answerThatBreaksOff_staysAndCanBeTriedAgain() throws Exception {
    ScriptedGeneration answer = fixture.ask("Count to three");
    answer.tokens("One,", " two");
    page().awaitAnswer("One, two");

    answer.fail("node_lost", "Node “laptop” was lost.");

    page().awaitState("failed");
    page().awaitAnswer("One, two");
    assertThat(banner()).containsText("The answer broke off");
    assertThat(banner()).containsText("Node “laptop” was lost.");
    page().button("Try again").click();
    fixture.generator().next().tokens("One, two, three").finish(FinishReason.STOP);
    page().awaitAnswer("One, two, three");
    page().awaitState("complete");
    assertThat(banner()).isHidden();
    assertThat(page().messages()).hasCount(2);
  }

  @Test
  void answerThatBrokeOff_isStillThereAfterReloading() throws Exception {
    fixture.ask("Count to three").tokens("One,").fail("node_lost", "Node “laptop” was lost.");
    page().awaitState("failed");

    page().page().reload();

    page().awaitAnswer("One,");
    assertThat(banner()).containsText("Node “laptop” was lost.");
  }

  @Test
  void pageLoadedAnewDuringAnAnswer_goesOnHearingIt() throws Exception {
    ScriptedGeneration answer = fixture.ask("Count to three");
    answer.tokens("One,");
    page().awaitAnswer("One,");

    page().page().reload();

    page().awaitAnswer("One,");
    answer.tokens(" two");
    page().awaitAnswer("One, two");
    answer.finish(FinishReason.STOP);
    page().awaitState("complete");
    assertThat(answer.isCancelled()).isFalse();
  }

  @Test
  void answerThatTheServerNoLongerHas_keepsWhatCameAndSaysWhy() throws Exception {
    ScriptedGeneration answer = fixture.ask("Count to three");
    answer.tokens("One,");
    page().awaitAnswer("One,");
    page().page().route("**/v1/answers/*", route -> route.fulfill(gone()));

    page().page().reload();

    page().awaitState("failed");
    page().awaitAnswer("One,");
    assertThat(banner()).containsText("The page was closed while this answer was being made");
    assertThat(page().forgetProblems()).allMatch(problem -> problem.startsWith("not found:"));
  }

  private static Route.FulfillOptions gone() {
    return new Route.FulfillOptions()
        .setStatus(404)
        .setContentType("application/json")
        .setBody("{\"error\":{\"message\":\"gone\",\"code\":\"unknown_answer\"}}");
  }

  @Test
  void clusterThatIsNotReady_saysWhyAndIsNotAsked() throws Exception {
    fixture.become(PageFixture.silentNode());
    assertThat(notice())
        .hasText(
            "The cluster is not ready: node “laptop” has been silent for 6 s; its layers 8 to 20"
                + " are missing");
    assertThat(page().page().locator(".segment[data-state=silent]")).containsText("laptop");
    page().question().fill("Hello?");
    assertThat(page().button("Send")).isDisabled();
    page().question().press("Enter");
    assertThat(page().messages()).hasCount(0);

    fixture.become(PageFixture.cluster(0));

    assertThat(notice()).isHidden();
    assertThat(page().question()).hasValue("Hello?");
    page().button("Send").click();
    fixture.generator().next().tokens("Here").finish(FinishReason.STOP);
    page().awaitState("complete");
  }

  @Test
  void refusal_isShownWithItsReason() {
    fixture.generator().refuse(Reason.OVERLOADED, "eight chats are being answered already");

    page().ask("Hello?");

    page().awaitState("failed");
    assertThat(banner()).containsText("No answer");
    assertThat(banner()).containsText("eight chats are being answered already");
  }

  @Test
  void serverThatGoesAway_isToldFromAnAnswerThatIsComplete() throws Exception {
    ScriptedGeneration answer = fixture.ask("Count to three");
    answer.tokens("One,");
    page().awaitAnswer("One,");

    page().page().clock().install();
    fixture.server().close();

    assertThat(notice()).hasText("No connection to the server. Trying again …");
    assertThat(page().answer()).hasAttribute("data-state", "streaming");
    for (int tries = 0; tries < TRIES_AFTER_LOSS && !isOver(); tries++) {
      page().page().clock().runFor(6000);
    }
    page().awaitState("failed");
    assertThat(banner()).containsText("The connection to the server was lost.");
    assertThat(page().button("Send")).isDisabled();
  }

  private boolean isOver() {
    return !"streaming".equals(page().answer().getAttribute("data-state"));
  }

  @Test
  void answerThatCannotBeReachedForAWhile_isTakenUpAgain() throws Exception {
    ScriptedGeneration answer = fixture.ask("Count to three");
    answer.tokens("One,");
    page().awaitAnswer("One,");
    AtomicInteger tries = new AtomicInteger();
    page()
        .page()
        .route(
            "**/v1/answers/*",
            route -> {
              if (tries.incrementAndGet() < 3) {
                route.abort();
              } else {
                route.resume();
              }
            });
    page().page().reload();
    page().awaitAnswer("One,");
    answer.tokens(" two", " three").finish(FinishReason.STOP);

    page().awaitAnswer("One, two three");
    page().awaitState("complete");
    assertThat(tries).hasValue(3);
  }

  @Test
  void conversationThatOutgrowsTheContext_visiblyLeavesOutItsOldestTurns() throws Exception {
    fixture.serve(400);
    setSystemPrompt("Be brief.");
    answerTo("First " + LONG);
    answerTo("Second " + LONG);
    assertThat(page().page().locator(".left-out")).hasCount(0);

    ScriptedGeneration fourth = fixture.ask("Third " + LONG);

    List<Message> sent = sent(fourth.request());
    assertThat(sent.get(0)).isEqualTo(new Message("system", "Be brief."));
    assertThat(sent.get(1).text()).startsWith("Second ");
    assertThat(sent.get(sent.size() - 1).text()).startsWith("Third ");
    assertThat(page().page().locator(".left-out")).hasCount(2);
    assertThat(page().page().locator(".left-out").first()).containsText("Not sent any more");
    assertThat(page().page().locator(".context-mark"))
        .containsText("outgrew the model's context of 400 tokens");
    fourth.tokens("Yes").finish(FinishReason.STOP);
    page().awaitState("complete");
    page().page().reload();
    assertThat(page().page().locator(".left-out")).hasCount(2);
  }

  @Test
  void promptThatTheServerFindsTooLong_isSentAgainWithoutItsOldestTurns() throws Exception {
    answerTo("First");
    answerTo("Second");
    fixture
        .generator()
        .refuseIf(
            request -> sent(request).size() > 3,
            Reason.CONTEXT_LENGTH_EXCEEDED,
            "expected at most 2048 tokens, found 2100");

    ScriptedGeneration third = fixture.ask("Third");

    assertThat(sent(third.request()))
        .extracting(Message::text)
        .containsExactly("Second", "Yes", "Third");
    third.tokens("Fine").finish(FinishReason.STOP);
    page().awaitAnswer("Fine");
    assertThat(page().page().locator(".left-out")).hasCount(2);
  }

  @Test
  void questionThatIsTooLongByItself_isRefusedInWords() {
    fixture
        .generator()
        .refuse(Reason.CONTEXT_LENGTH_EXCEEDED, "expected at most 2048 tokens, found 9000");

    page().ask("Much");

    page().awaitState("failed");
    assertThat(banner()).containsText("Too long for the model");
    assertThat(banner()).containsText("expected at most 2048 tokens, found 9000");
    assertThat(banner()).containsText("Shorten the question or the system prompt");
  }

  private ChatPage page() {
    return fixture.page();
  }

  private Locator banner() {
    return page().answer().locator(".banner");
  }

  private Locator notice() {
    return page().page().locator("#notice");
  }

  private void answerTo(String question) throws InterruptedException {
    fixture.ask(question).tokens("Yes").finish(FinishReason.STOP);
    page().awaitState("complete");
  }

  private void setSystemPrompt(String text) {
    page().button("Settings").click();
    page().page().getByLabel("System prompt").fill(text);
    page().button("Close the settings").click();
  }

  private static List<Message> sent(GenerationRequest request) {
    return ((Chat) request.prompt()).messages();
  }
}
