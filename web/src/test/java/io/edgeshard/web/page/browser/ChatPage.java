package io.edgeshard.web.page.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasAttributeOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The chat page in a browser, in the words of who uses it. Remembers everything that should not
 * have happened: errors, violations of the page's security policy, requests to other machines.
 */
public final class ChatPage implements AutoCloseable {
  private static final double PATIENCE_MS = 15_000;
  private static final int NOT_FOUND = 404;

  /** What Chromium logs of every answer that is not a success; tests provoke those. */
  private static final String REFUSED = "Failed to load resource";

  private static final Path PICTURES = Path.of("target", "screenshots");

  private final Page page;
  private final List<String> problems = new CopyOnWriteArrayList<>();

  private ChatPage(Page page) {
    this.page = page;
  }

  static ChatPage open(BrowserContext context, URI address) {
    context.setDefaultTimeout(PATIENCE_MS);
    Page page = context.newPage();
    ChatPage chat = new ChatPage(page);
    String origin = address.getScheme() + "://" + address.getAuthority() + "/";
    page.onPageError(error -> chat.problems.add("error: " + error));
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())
              && !message.text().startsWith(REFUSED)) {
            chat.problems.add("console: " + message.text());
          }
        });
    page.onResponse(
        response -> {
          if (response.status() == NOT_FOUND) {
            chat.problems.add("not found: " + response.url());
          }
        });
    page.onDialog(
        dialog -> {
          chat.problems.add("dialog: " + dialog.message());
          dialog.dismiss();
        });
    context.onRequest(
        request -> {
          if (!request.url().startsWith(origin)) {
            chat.problems.add("request: " + request.url());
          }
        });
    page.navigate(origin);
    return chat;
  }

  /** The page itself, for what has no word here. */
  public Page page() {
    return page;
  }

  /** What should not have happened, so far. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** What should not have happened, so far; for tests that let it happen. */
  public List<String> forgetProblems() {
    List<String> known = problems();
    problems.clear();
    return known;
  }

  /** Waits until the page says that questions are answered. */
  public ChatPage awaitReady() {
    awaitAttribute(page.locator(".cluster-state"), "data-state", "ready");
    return this;
  }

  /** Waits until questions are answered, then asks one. */
  public ChatPage ask(String question) {
    awaitReady();
    question().fill(question);
    question().press("Enter");
    return this;
  }

  /** Where questions are written. */
  public Locator question() {
    return page.locator("#question");
  }

  /** All messages on screen, oldest first. */
  public Locator messages() {
    return page.locator(".message");
  }

  /** The last answer on screen. */
  public Locator answer() {
    return page.locator(".answer").last();
  }

  /** The button of that name. */
  public Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** Waits until the last answer contains this text. */
  public void awaitAnswer(String text) {
    assertThat(answer().locator(".answer-text"))
        .containsText(text, new ContainsTextOptions().setTimeout(PATIENCE_MS));
  }

  /** Waits until the last answer is {@code complete}, {@code stopped} or {@code failed}. */
  public void awaitState(String state) {
    awaitAttribute(answer(), "data-state", state);
  }

  /** Waits until so many tokens were seen to pass the strip since the page was opened. */
  public void awaitPassedTokens(int count) {
    awaitAttribute(page.locator(".wire"), "data-passed", Integer.toString(count));
  }

  /** Goes to the view of the cluster and its plan. */
  public Locator openCluster() {
    page.locator("#view-cluster").click();
    return page.locator("#cluster-view");
  }

  /** Keeps a picture of it among the build's output. */
  public void picture(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
  }

  @Override
  public void close() {
    page.context().close();
  }

  private static void awaitAttribute(Locator locator, String name, String value) {
    assertThat(locator)
        .hasAttribute(name, value, new HasAttributeOptions().setTimeout(PATIENCE_MS));
  }
}
