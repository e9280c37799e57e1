package io.edgeshard.web.page.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Chromium that is installed on this machine, driven by Playwright, which downloads nothing.
 * Belongs to the thread that launched it.
 */
public final class Browsers implements AutoCloseable {
  /** The environment variable that names the program, where it is not found by itself. */
  private static final String VARIABLE = "CHROMIUM";

  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final List<String> QUIET =
      List.of(
          "--no-sandbox",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--no-first-run");

  private final Playwright playwright;
  private final Browser browser;

  private Browsers(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts one without a window. */
  public static Browsers launch() {
    Path program = program();
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(program)
                    .setArgs(QUIET)
                    .setHeadless(true));
    return new Browsers(playwright, browser);
  }

  /** Opens the page of a server, in a profile of its own, on an ordinary screen. */
  public ChatPage open(URI address) {
    return open(address, View.DESKTOP);
  }

  /** Opens the page of a server, in a profile of its own. */
  public ChatPage open(URI address, View view) {
    return ChatPage.open(browser.newContext(view.options()), address);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Path program() {
    String named = System.getenv(VARIABLE);
    Stream<Path> candidates =
        named != null && !named.isBlank() ? Stream.of(Path.of(named)) : onSearchPath();
    Optional<Path> found = candidates.filter(Files::isExecutable).findFirst();
    return found.orElseThrow(
        () ->
            new IllegalStateException(
                "expected a Chromium for the tests of the chat page, found none: install Debian's"
                    + " package chromium, or run scripts/test.sh, which does, or name the program"
                    + " in the environment variable "
                    + VARIABLE));
  }

  private static Stream<Path> onSearchPath() {
    List<String> folders =
        List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
    return NAMES.stream().flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)));
  }
}
