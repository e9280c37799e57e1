package io.edgeshard.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.runtime.fixture.RealModel;
import java.io.IOException;
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

  @TempDir private Path folder;

  @Test
  void program_onThePage_compilesAndAnswers() throws Exception {
    Path program = Files.writeString(folder.resolve("Ask.java"), block("java"));
    Path output = folder.resolve("out.log");
    Path errors = folder.resolve("err.log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                program.toString(),
                RealModel.path().toString(),
                "What is the capital of France?")
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    // Not as an argument: ONNX Runtime overflows the stack when a command line is very long.
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    // Which answer is a matter of chance.
    assertThat(Files.readString(output)).isNotBlank();
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
