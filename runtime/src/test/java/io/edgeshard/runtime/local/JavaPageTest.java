package io.edgeshard.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.runtime.fixture.RealModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page for Java developers: what it shows is compiled and run as it stands there. */
final class JavaPageTest {
  private static final Path PAGE = Path.of("..", "web", "src", "docs", "java.md");
  private static final Path POM = Path.of("..", "pom.xml");
  private static final int LIMIT_SECONDS = 120;
  private static final int FIRST_BYTES = 4;

  @TempDir private Path folder;

  /** Which answer is a matter of chance, and so is its length: its first words are enough. */
  @Test
  void program_onThePage_compilesAndAnswers() throws Exception {
    Path program = Files.writeString(folder.resolve("Ask.java"), block("java"));
    Path errors = folder.resolve("err.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                RealModel.path().toString(),
                "How do plants grow?")
            .redirectError(errors.toFile());
    // Not as an argument: ONNX Runtime overflows the stack when a command line is very long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    process
        .onExit()
        .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly());
    try (InputStream answer = process.getInputStream()) {
      String words = new String(answer.readNBytes(FIRST_BYTES), StandardCharsets.UTF_8);
      assertThat(words).as(Files.readString(errors)).isNotBlank();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void coordinates_onThePage_areThoseOfTheBuild() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>edgeshard</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(POM));
    assertThat(version.find()).isTrue();
    assertThat(block("xml"))
        .contains(
            "<groupId>io.edgeshard</groupId>",
            "<artifactId>runtime</artifactId>",
            "<version>" + version.group(1) + "</version>");
  }

  /** The page's only block of a language. */
  private static String block(String language) throws IOException {
    Matcher block =
        Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    assertThat(block.find()).as("a block of " + language + " in " + PAGE).isTrue();
    String text = block.group(1);
    assertThat(block.find()).as("a second block of " + language + " in " + PAGE).isFalse();
    return text;
  }
}
