package io.edgeshard.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** The rules of accessibility that axe-core can check by itself. */
final class Axe {
  private static final String RULES =
      """
      async () => {
        const { violations } = await axe.run(document, { resultTypes: ["violations"] });
        return violations.flatMap(({ id, help, nodes }) =>
            nodes.map((node) => `${id}: ${help}: ${node.html} ${node.failureSummary}`));
      }
      """;

  private Axe() {}

  /** What breaks a rule, in words. */
  static List<?> violations(Page page) throws IOException {
    page.evaluate(script());
    return (List<?>) page.evaluate(RULES);
  }

  private static String script() throws IOException {
    Properties libraries = new Properties();
    try (InputStream in = Axe.class.getResourceAsStream("test-libraries.properties")) {
      libraries.load(Objects.requireNonNull(in, "test-libraries.properties"));
    }
    try (InputStream in = Axe.class.getResourceAsStream("/" + libraries.getProperty("axe"))) {
      return new String(Objects.requireNonNull(in, "axe-core").readAllBytes(), UTF_8);
    }
  }
}
