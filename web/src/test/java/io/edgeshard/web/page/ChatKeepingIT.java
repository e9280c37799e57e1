package io.edgeshard.web.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.edgeshard.web.generation.GenerationEvent.FinishReason;
import io.edgeshard.web.generation.GenerationRequest.Chat;
import io.edgeshard.web.generation.GenerationRequest.Message;
import io.edgeshard.web.generation.ScriptedGeneration;
import io.edgeshard.web.page.browser.BrowserExtension;
import io.edgeshard.web.page.browser.Browsers;
import io.edgeshard.web.page.browser.ChatPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nothing that a person wrote, or was answered, is lost. */
@ExtendWith(BrowserExtension.class)
class ChatKeepingIT {
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
  void newAnswerThatFails_leavesTheFormerOneOnScreenWithTheReason() throws Exception {
    answer("Name a colour", "Green");
    page.button("Make this answer anew").click();
    fixture.generator().next().fail("node_lost", "Node “laptop” was lost.");

    page.awaitAnswer("Green");
    Locator banner = page.answer().locator(".banner");
    assertThat(banner).containsText("The new answer failed");
    assertThat(banner).containsText("Node “laptop” was lost.");
    assertThat(page.answer().locator(".version-place")).isHidden();
    page.button("Try again").click();
    fixture.generator().next().tokens("Blue").finish(FinishReason.STOP);
    page.awaitAnswer("Blue");
    assertThat(banner).isHidden();
  }

  @Test
  void olderAnswerTriedAgain_keepsWhatWasSaidSince() throws Exception {
    fixture.ask("First").tokens("Bro").fail("node_lost", "Node “laptop” was lost.");
    page.awaitState("failed");
    answer("Second", "Fine");

    page.button("Try again from here").click();
    fixture.generator().next().tokens("Whole").finish(FinishReason.STOP);
    page.awaitAnswer("Whole");
    assertThat(page.messages()).hasCount(2);

    page.button("The version before").click();
    assertThat(page.messages()).hasCount(4);
    page.awaitAnswer("Fine");
  }

  @Test
  void olderAnswerWithoutAWordTriedAgain_keepsWhatWasSaidSinceToo() throws Exception {
    fixture.ask("First").fail("node_lost", "Node “laptop” was lost.");
    page.awaitState("failed");
    answer("Second", "Fine");

    page.button("Try again from here").click();
    fixture.generator().next().tokens("Whole").finish(FinishReason.STOP);
    page.awaitAnswer("Whole");
    page.button("The version before").click();
    assertThat(page.messages()).hasCount(4);
    page.awaitAnswer("Fine");
  }

  @Test
  void chatDeletedWhileItIsAnswered_comesBackWithWhatWasAnswered() throws Exception {
    ScriptedGeneration running = fixture.ask("Tell me everything");
    running.tokens("First,", " then");
    page.awaitAnswer("First, then");
    page.page().locator(".chat-row").hover();
    page.button("Delete “Tell me everything”").click();
    running.awaitCancel();
    assertThat(page.page().locator(".chat-title")).hasCount(0);

    page.button("Undo").click();
    page.awaitAnswer("First, then");
    page.awaitState("stopped");
  }

  @Test
  void chatDeletedInAnotherWindow_endsItsAnswerAndStaysDeleted() throws Exception {
    ScriptedGeneration running = fixture.ask("Tell me everything");
    running.tokens("First,");
    page.awaitAnswer("First,");
    Page other = page.page().context().newPage();
    other.navigate(page.page().url().replaceAll("#.*", ""));
    other.locator(".chat-row").hover();
    other.locator(".chat-row").getByLabel("Delete “Tell me everything”").click();

    running.awaitCancel();
    assertThat(page.messages()).hasCount(0);
    page.page().reload();
    page.awaitReady();
    assertThat(page.page().locator(".chat-title")).hasCount(0);
  }

  @Test
  void questionBeingWrittenAnew_survivesWhatAnotherWindowDoes() throws Exception {
    answer("First", "One");
    Page other = page.page().context().newPage();
    other.navigate(page.page().url());
    page.question().press("ArrowUp");
    Locator field = page.page().getByLabel("Your question, in other words");
    field.fill("Words of mine");

    other.locator(".question").hover();
    other.getByLabel("Edit this question").click();
    other.getByLabel("Your question, in other words").fill("Words of others");
    other.getByLabel("Your question, in other words").press("Enter");
    fixture.generator().next().tokens("Two").finish(FinishReason.STOP);
    page.awaitAnswer("Two");
    assertThat(field).hasValue("Words of mine");
    page.button("New chat").click();
    assertThat(page.question()).hasValue("Words of mine");
  }

  @Test
  void questionAskedInOtherWords_isABranchBesideTheFormer() throws Exception {
    answer("What is red?", "A colour");
    answer("And blue?", "Another");

    page.page().locator(".question").first().hover();
    page.page().locator(".question").first().getByLabel("Edit this question").click();
    Locator field = page.page().getByLabel("Your question, in other words");
    assertThat(field).hasValue("What is red?");
    field.fill("What is green?");
    field.press("Enter");
    ScriptedGeneration second = fixture.generator().next();
    assertThat(sent(second)).containsExactly(new Message("user", "What is green?"));
    second.tokens("Grass").finish(FinishReason.STOP);
    page.awaitAnswer("Grass");
    assertThat(page.messages()).hasCount(2);

    page.page().locator(".question").first().getByLabel("The version before").click();
    assertThat(page.messages()).hasCount(4);
    page.page().reload();
    page.awaitAnswer("Another");
  }

  @Test
  void arrowUp_inAnEmptyField_editsTheLastQuestion_andEscapeLeavesItAsItWas() throws Exception {
    answer("What is red?", "A colour");
    page.question().press("ArrowUp");
    Locator field = page.page().getByLabel("Your question, in other words");
    assertThat(field).isFocused();
    field.fill("What?");
    field.press("Escape");
    assertThat(page.page().locator(".bubble")).hasText("What is red?");
    assertThat(page.page().getByLabel("Edit this question")).isFocused();
    page.page().getByLabel("Copy this question").click();
    assertThat(page.page().locator("#announcer")).hasText("Copied");
    assertThat(page.page().evaluate("navigator.clipboard.readText()")).isEqualTo("What is red?");
  }

  @Test
  void twoWindowsOnOneChat_loseNoQuestion() throws Exception {
    answer("First", "One");
    Page other = page.page().context().newPage();
    other.navigate(page.page().url());
    assertThat(other.locator(".answer")).containsText("One");

    ScriptedGeneration here = fixture.ask("From here");
    here.tokens("Here");
    assertThat(other.locator(".question").last()).containsText("From here");
    assertThat(other.locator(".answer").last()).containsText("Here");
    here.tokens(" I am").finish(FinishReason.STOP);
    assertThat(other.locator(".answer").last()).containsText("Here I am");
    assertThat(other.locator(".answer").last()).hasAttribute("data-state", "complete");

    other.locator("#question").fill("From there");
    other.locator("#question").press("Enter");
    fixture.generator().next().tokens("There").finish(FinishReason.STOP);
    page.awaitAnswer("There");
    page.awaitState("complete");
    page.page().reload();
    assertThat(page.messages()).hasCount(6);
  }

  @Test
  void chatsOfEarlierReleases_areTakenOver() {
    page.page()
        .evaluate(
            """
            () => {
              const chat = (id, messages) => localStorage.setItem("edgeshard.chat." + id,
                JSON.stringify({ id, title: "Old " + id, updatedMs: 1000, leftOut: 0, messages }));
              for (let i = 0; i < 120; i++) {
                chat(`c${i}`, [
                  { role: "user", text: `question ${i}` },
                  { role: "assistant", text: `answer ${i}`, state: "complete", stats: { events: 1 } },
                ]);
              }
            }
            """);
    page.page().reload();

    assertThat(page.page().locator(".chat-title")).hasCount(120);
    assertThat(
            page.page()
                .evaluate("Object.keys(localStorage).filter(k => k.includes('chat')).length"))
        .isEqualTo(0);
    page.page().getByLabel("Search chats").fill("answer 77");
    assertThat(page.page().locator(".chat-title")).hasText(new String[] {"Old c77"});
    page.page().locator(".chat-link").click();
    page.awaitAnswer("answer 77");
    page.page().getByLabel("Search chats").fill("nowhere to be found");
    assertThat(page.page().locator("#no-chats")).hasText("No chat has these words.");
  }

  @Test
  void chat_canBeRenamed() throws Exception {
    answer("First", "One");
    page.page().locator(".chat-row").hover();
    page.button("Rename “First”").click();
    Locator field = page.page().getByLabel("New name of “First”");
    field.fill("About firsts");
    field.press("Enter");
    assertThat(page.page().locator(".chat-title")).hasText("About firsts");
    page.page().reload();
    assertThat(page.page().locator(".chat-title")).hasText("About firsts");
    assertThat(page.page()).hasTitle("About firsts · EdgeShard");
  }

  @Test
  void browserWithoutRoom_saysSoAndDeletesNothing() throws Exception {
    answer("First", "One");
    page.page()
        .evaluate(
            """
            () => {
              IDBObjectStore.prototype.put = () => {
                throw new DOMException("full", "QuotaExceededError");
              };
            }
            """);
    answer("Second", "Two");

    Locator toast = page.page().locator("#toast");
    assertThat(toast).containsText("This browser has no room for this chat");
    Download download = page.page().waitForDownload(() -> page.button("Export all chats").click());
    String exported = Files.readString(download.path());
    assertThat(exported).contains("First", "One", "Second", "Two");
    assertThat(page.page().locator(".chat-title")).hasCount(1);
    page.button("New chat").click();
    answer("Elsewhere", "Three");
    assertThat(page.page().locator(".chat-title")).hasText(new String[] {"Elsewhere", "First"});

    // The browser's small storage has room, and the next page takes over what lies there.
    page.page().reload();
    page.awaitAnswer("Three");
    page.page().locator(".chat-link").last().click();
    page.awaitAnswer("Two");
    answer("Third", "Four");
    page.page().reload();
    assertThat(page.messages()).hasCount(6);
  }

  @Test
  void clockSetBack_losesNothingOfAnAnswerThatFails() throws Exception {
    ScriptedGeneration answer = fixture.ask("Count");
    answer.tokens("One,");
    page.awaitAnswer("One,");
    page.page()
        .evaluate("() => { const now = Date.now; Date.now = () => now.call(Date) - 3_600_000; }");
    answer.tokens(" two").fail("node_lost", "Node “laptop” was lost.");

    page.awaitState("failed");
    page.awaitAnswer("One, two");
    page.page().reload();
    page.awaitAnswer("One, two");
    page.awaitState("failed");
  }

  @Test
  void browserThatKeepsNothing_saysSo() {
    page.page()
        .addInitScript(
            "Object.defineProperty(IDBFactory.prototype, 'open', { value: () => { throw new"
                + " DOMException('no', 'SecurityError'); } })");
    page.page().reload();
    assertThat(page.page().locator("#sidebar-note"))
        .hasText("This browser keeps nothing: chats are gone when the page closes.");
  }

  @Test
  void databaseThatCannotBeRead_leavesThePageUsableAndSaysSo() throws Exception {
    page.page()
        .addInitScript(
            "IDBIndex.prototype.openKeyCursor = () => { throw new DOMException('broken',"
                + " 'UnknownError'); };");
    page.page().reload();
    assertThat(page.page().locator("#sidebar-note")).containsText("This browser keeps nothing");
    answer("First", "One");

    // What a page without a database held lies in the small storage when it closes.
    page.page().reload();
    page.page().locator(".chat-link").click();
    page.awaitAnswer("One");
  }

  @Test
  void answerThatAnotherWindowStops_isStoppedHereToo() throws Exception {
    answer("First", "One");
    Page other = page.page().context().newPage();
    other.navigate(page.page().url());
    ScriptedGeneration here = fixture.ask("From here");
    here.tokens("Here");
    page.awaitAnswer("Here");
    other.locator("#stop").click();
    here.awaitCancel();
    page.awaitState("stopped");
    other.locator("#question").fill("From there");
    other.locator("#question").press("Enter");
    fixture.generator().next().tokens("There").finish(FinishReason.STOP);

    page.awaitAnswer("There");
    page.awaitState("complete");
    assertThat(page.messages()).hasCount(6);
  }

  @Test
  void chatThatIsAskedDuringASearch_isFoundWhenItHasTheWords() throws Exception {
    answer("First", "One");
    page.page().getByLabel("Search chats").fill("plants");
    assertThat(page.page().locator("#no-chats")).isVisible();
    answer("How do plants grow?", "Slowly");
    assertThat(page.page().locator(".chat-title")).hasCount(1);
  }

  @Test
  void exportedChats_comeInAgain(@TempDir Path folder) throws Exception {
    answer("What is red?", "A **colour**");
    Path json = folder.resolve("chats.json");
    Path markdown = folder.resolve("chat.md");
    page.button("Settings").click();
    page.page().waitForDownload(() -> page.button("All chats as JSON").click()).saveAs(json);
    page.page()
        .waitForDownload(() -> page.button("This chat as Markdown").click())
        .saveAs(markdown);
    page.button("Delete all chats").click();
    page.button("Really delete 1 chat?").click();
    assertThat(page.page().locator(".chat-title")).hasCount(0);

    page.page().getByLabel("Files of chats").setInputFiles(new Path[] {json, markdown});

    Locator said = page.page().locator(".chats-section [role=status]");
    assertThat(said).hasText("2 chats came in.");
    page.page()
        .getByLabel("Files of chats")
        .setInputFiles(Files.write(folder.resolve("x.json"), new byte[] {'{'}));
    assertThat(said).containsText("Expected x.json to hold chats that this page exported");
    page.button("Close the settings").click();
    assertThat(page.page().locator(".chat-title"))
        .hasText(new String[] {"What is red?", "What is red?"});
    page.page().locator(".chat-link").last().click();
    page.awaitAnswer("A colour");
  }

  @Test
  void answerCutAtItsLength_goesOn() throws Exception {
    fixture.ask("Count").tokens("One,").finish(FinishReason.LENGTH);
    page.awaitState("complete");

    page.button("Continue").click();

    ScriptedGeneration more = fixture.generator().next();
    assertThat(((Chat) more.request().prompt()).continuesLast()).isTrue();
    assertThat(sent(more)).endsWith(new Message("assistant", "One,"));
    more.tokens(" two").finish(FinishReason.STOP);
    page.awaitAnswer("One, two");
    page.awaitState("complete");
    assertThat(page.button("Continue")).isHidden();
    assertThat(page.button("Make this answer anew")).isFocused();
  }

  @Test
  void textTooLongForTheModel_isSaidBeforeItIsSent() {
    fixture.serve(400);
    page.page().reload();
    page.awaitReady();
    assertThat(page.page().locator("#model")).hasText("SmolLM2-135M-Instruct");
    page.question().fill("word ".repeat(1000));
    assertThat(page.page().locator("#notice"))
        .hasText(
            "This text has about 1,673 tokens, and the model reads at most 400: it has to be"
                + " shorter.");
    page.question().fill("word");
    assertThat(page.page().locator("#notice")).isHidden();
  }

  @Test
  void systemPrompt_belongsToItsChat() throws Exception {
    setSystemPrompt("Be brief.");
    answer("First", "One");
    page.button("New chat").click();
    setSystemPrompt("Be verbose.");
    assertThat(sent(answer("Second", "Two"))).startsWith(new Message("system", "Be verbose."));

    page.page().locator(".chat-link").last().click();
    page.awaitAnswer("One");
    assertThat(sent(answer("Third", "Three"))).startsWith(new Message("system", "Be brief."));
  }

  @Test
  void settings_showWhatTheServerDoesByItself() {
    page.awaitReady();
    assertThat(page.page().locator("#model")).hasText("SmolLM2-135M-Instruct");
    page.button("Settings").click();
    assertThat(page.page().getByLabel("Temperature")).hasAttribute("placeholder", "0.6");
    assertThat(page.page().getByLabel("Repeat penalty")).hasAttribute("placeholder", "1.05");
    assertThat(page.page().getByLabel("Seed")).hasAttribute("placeholder", "random");
  }

  private ScriptedGeneration answer(String question, String text) throws InterruptedException {
    ScriptedGeneration answer = fixture.ask(question);
    answer.tokens(text).finish(FinishReason.STOP);
    page.awaitAnswer(text.replace("*", ""));
    page.awaitState("complete");
    return answer;
  }

  private void setSystemPrompt(String text) {
    page.button("Settings").click();
    page.page().getByLabel("System prompt").fill(text);
    page.button("Close the settings").click();
  }

  private static List<Message> sent(ScriptedGeneration answer) {
    return ((Chat) answer.request().prompt()).messages();
  }
}
