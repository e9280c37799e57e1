package io.edgeshard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationEvent.PromptProgress;
import io.edgeshard.web.generation.GenerationRequest;
import io.edgeshard.web.generation.GenerationRequest.Chat;
import io.edgeshard.web.generation.GenerationRequest.Message;
import io.edgeshard.web.generation.ScriptedGeneration;
import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BrowserExtension.class)
class ChatPageIT {
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
  void longPrompt_showsHowMuchOfItIsReadUntilTheAnswerBegins() throws Exception {
    ScriptedGeneration answer = fixture.ask("A long text");
    Locator progress = page.page().locator(".prompt-progress");
    assertThat(progress).isHidden();

    answer.emit(new PromptProgress(3000, 1280, 4200));

    assertThat(progress).containsText("Reading the prompt: 1,280 of 3,000 tokens");
    assertThat(progress.getByRole(AriaRole.PROGRESSBAR)).hasAttribute("value", "1280");
    answer.emit(new PromptProgress(3000, 3000, 9000)).tokens("It", " is");
    page.awaitAnswer("It is");
    assertThat(progress).isHidden();
    answer.finish(FinishReason.STOP);
    page.awaitState("complete");
  }

  @Test
  void question_isAnsweredTokenByToken() throws Exception {
    ScriptedGeneration answer = fixture.ask("How does it begin?");

    assertThat(page.answer()).hasAttribute("data-state", "streaming");
    answer.tokens("Once");
    page.awaitAnswer("Once");
    page.awaitPassedTokens(1);
    answer.tokens(" upon", " a **time**");
    page.awaitAnswer("Once upon a time");
    page.awaitPassedTokens(3);
    assertThat(page.answer()).hasAttribute("data-state", "streaming");
    assertThat(page.answer().locator("strong")).hasText("time");

    answer.finish(FinishReason.STOP);
    page.awaitState("complete");
    assertThat(page.answer().locator(".figures")).containsText("4 tokens · ");
    assertThat(page.answer().locator(".figures")).containsText("first token after ");
    page.awaitPassedTokens(3);
  }

  @Test
  void details_showWhereATokensTimeWent() throws Exception {
    fixture.ask("How fast?").tokens("Quite", " fast").finish(FinishReason.STOP);
    page.awaitState("complete");

    page.button("Where the time went").click();

    assertThat(page.answer().locator(".details")).containsText("7 tokens in 70 ms");
    assertThat(page.answer().locator(".way-legend li"))
        .hasText(
            new String[] {
              "within one0.50 ms7 %",
              "one, layers 0–92.00 ms29 %",
              "one to two0.25 ms4 %",
              "two, layers 10–294.00 ms58 %",
              "two to one, the way back0.13 ms2 %"
            });
  }

  @Test
  void stop_endsTheAnswerAndKeepsWhatCame() throws Exception {
    ScriptedGeneration answer = fixture.ask("Tell me everything");
    answer.tokens("First,");
    page.awaitAnswer("First,");

    page.button("Stop the answer").click();

    answer.awaitCancel();
    page.awaitState("stopped");
    page.awaitAnswer("First,");
    assertThat(page.answer().locator(".figures")).containsText("stopped");
    fixture.ask("Go on").tokens("Second").finish(FinishReason.STOP);
    page.awaitState("complete");
  }

  @Test
  void regenerate_keepsTheFormerAnswerAsAVersionAndTheFocus() throws Exception {
    ScriptedGeneration first = fixture.ask("Name a colour");
    first.tokens("Green").finish(FinishReason.STOP);
    page.awaitState("complete");

    page.button("Make this answer anew").click();
    ScriptedGeneration second = fixture.generator().next();
    assertThat(page.button("Make this answer anew")).isFocused();
    second.tokens("Blue").finish(FinishReason.STOP);

    page.awaitAnswer("Blue");
    page.awaitState("complete");
    assertThat(page.button("Make this answer anew")).isFocused();
    assertThat(page.messages()).hasCount(2);
    assertThat(sent(second)).isEqualTo(sent(first));
    assertThat(page.answer().locator(".version-place")).hasText("2 of 2");
    page.button("The version before").click();
    page.awaitAnswer("Green");
    assertThat(page.button("The version before")).isFocused();
    page.page().reload();
    page.awaitAnswer("Green");
    page.button("The version after").click();
    page.awaitAnswer("Blue");
  }

  @Test
  void copy_takesTheAnswerAsWrittenAndCodeAlone() throws Exception {
    String text = "So:\n\n```java\nint x = 1;\n```\n";
    fixture.ask("Code?").tokens(text).finish(FinishReason.STOP);
    page.awaitState("complete");

    page.button("Copy this answer").click();
    assertThat(page.page().locator("#announcer")).hasText("Copied");
    assertThat(clipboard()).isEqualTo(text);

    page.button("Copy this code").click();
    assertThat(page.answer().locator("figure [data-copied=true]")).isVisible();
    assertThat(clipboard()).isEqualTo("int x = 1;");
    assertThat(page.answer().locator(".hljs-type")).hasText("int");
  }

  @Test
  void copy_worksWhereTheBrowserGivesNoClipboard() throws Exception {
    fixture.ask("Say it").tokens("That's it").finish(FinishReason.STOP);
    page.awaitState("complete");
    page.page()
        .evaluate(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true"
                + " })");

    page.button("Copy this answer").click();
    assertThat(page.page().locator("#announcer")).hasText("Copied");

    page.page().evaluate("() => { delete navigator.clipboard; }");
    assertThat(clipboard()).isEqualTo("That's it");
  }

  @Test
  void conversation_isSentWithEachQuestionAndFoundAgainAfterReloading() throws Exception {
    fixture.ask("What is a shard?").tokens("A piece.").finish(FinishReason.STOP);
    page.awaitState("complete");
    ScriptedGeneration second = fixture.ask("Of what?");
    assertThat(sent(second))
        .containsExactly(
            new Message("user", "What is a shard?"),
            new Message("assistant", "A piece."),
            new Message("user", "Of what?"));
    second.tokens("Of a model.").finish(FinishReason.STOP);
    page.awaitState("complete");

    page.page().reload();

    assertThat(page.messages()).hasCount(4);
    page.awaitAnswer("Of a model.");
    assertThat(page.page()).hasTitle("What is a shard? · EdgeShard");
    assertThat(page.page().locator(".chat-title")).hasText("What is a shard?");
  }

  @Test
  void chats_areKeptBesideEachOtherAndCanBeDeletedAndBroughtBack() throws Exception {
    fixture.ask("First chat").tokens("One").finish(FinishReason.STOP);
    page.awaitState("complete");
    page.button("New chat").click();
    assertThat(page.messages()).hasCount(0);
    assertThat(page.question()).isFocused();
    fixture.ask("Second chat").tokens("Two").finish(FinishReason.STOP);
    page.awaitState("complete");

    page.page().locator(".chat-link", hasText("First chat")).click();
    page.awaitAnswer("One");
    page.page().locator(".chat-row").last().hover();
    page.button("Delete “First chat”").click();
    assertThat(page.page().locator(".chat-title")).hasText(new String[] {"Second chat"});
    assertThat(page.messages()).hasCount(0);

    page.button("Undo").click();
    page.awaitAnswer("One");
    assertThat(page.page().locator(".chat-title")).hasCount(2);
  }

  @Test
  void answerOfAnotherChat_goesOnInTheBackground() throws Exception {
    ScriptedGeneration first = fixture.ask("First chat");
    first.tokens("One");
    page.awaitAnswer("One");

    page.button("New chat").click();
    fixture.ask("Second chat").tokens("Two").finish(FinishReason.STOP);
    page.awaitState("complete");
    first.tokens(" more").finish(FinishReason.STOP);
    page.page().locator(".chat-link", hasText("First chat")).click();

    page.awaitAnswer("One more");
    page.awaitState("complete");
  }

  @Test
  void settings_areSentAndKeptAndReset() throws Exception {
    page.button("Settings").click();
    page.page().getByLabel("System prompt").fill("Answer like a pirate.");
    page.page().getByLabel("Temperature").fill("0.25");
    page.page().getByLabel("Top P").fill("0.9");
    page.page().getByLabel("Top K").fill("40");
    page.page().getByLabel("Min P").fill("0.05");
    page.page().getByLabel("Repeat penalty").fill("1.1");
    page.page().getByLabel("Longest answer").fill("99");
    page.page().getByLabel("Seed").fill("42");
    page.button("Close the settings").click();
    page.page().reload();

    ScriptedGeneration answer = fixture.ask("Hello");

    assertThat(sent(answer))
        .containsExactly(
            new Message("system", "Answer like a pirate."), new Message("user", "Hello"));
    assertThat(answer.request().maxNewTokens()).isEqualTo(OptionalInt.of(99));
    GenerationRequest.Sampling sampling = answer.request().sampling();
    assertThat(sampling.temperature()).isEqualTo(0.25);
    assertThat(sampling.topP()).isEqualTo(0.9);
    assertThat(sampling.topK()).isEqualTo(40);
    assertThat(sampling.minP()).isEqualTo(0.05);
    assertThat(sampling.repetitionPenalty()).isEqualTo(1.1);
    assertThat(sampling.seed()).isEqualTo(OptionalLong.of(42));
    answer.tokens("Arr").finish(FinishReason.STOP);
    page.awaitState("complete");

    page.button("Settings").click();
    page.button("Reset").click();
    page.page().keyboard().press("Escape");
    ScriptedGeneration plain = fixture.ask("Again");
    assertThat(sent(plain).get(0).role()).isEqualTo("user");
    assertThat(plain.request().maxNewTokens()).isEmpty();
    assertThat(plain.request().sampling().seed()).isEmpty();
  }

  @Test
  void settingOutOfBounds_isExplainedAndNotSent() throws Exception {
    page.button("Settings").click();
    page.page().getByLabel("Top P").fill("3");
    assertThat(page.page().locator("#setting-top_p-hint"))
        .hasText("Expected a number from 0 to 1.");
    page.page().keyboard().press("Escape");

    assertThat(fixture.ask("Hello").request().sampling().topP()).isEqualTo(0.9);
  }

  @Test
  void enterOfAComposition_inSafari_sendsNothing() {
    page.page().locator("#question").fill("日本");
    Object goesOn =
        page.page()
            .evaluate(
                "document.querySelector('#question').dispatchEvent(new KeyboardEvent('keydown',"
                    + " {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))");

    assertThat(goesOn).isEqualTo(true);
  }

  @Test
  void steps_ofOtherPeoplesAnswersPassTheStripToo() {
    page.awaitReady();
    assertThat(page.page().locator(".segment-name"))
        .hasText(new String[] {"kitchen-pi", "laptop", "desk"});
    page.awaitPassedTokens(0);

    fixture.become(PageFixture.cluster(5));

    page.awaitPassedTokens(5);
    assertThat(page.page().locator(".cluster-steps")).hasText("5 steps");
  }

  private String clipboard() {
    return (String) page.page().evaluate("navigator.clipboard.readText()");
  }

  private static com.microsoft.playwright.Page.LocatorOptions hasText(String text) {
    return new com.microsoft.playwright.Page.LocatorOptions().setHasText(text);
  }

  private static List<Message> sent(ScriptedGeneration answer) {
    return ((Chat) answer.request().prompt()).messages();
  }
}
