package io.edgeshard.verticles.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path folder;

  @Test
  void lastLines_moreThanAsked_areTheLast() throws IOException {
    Path path = folder.resolve("a.log");
    Files.write(path, List.of("one", "two", "three"));

    assertThat(LogFile.of(path).lastLines(2)).containsExactly("two", "three");
    assertThat(LogFile.of(path).lastLines(9)).containsExactly("one", "two", "three");
    assertThat(LogFile.of(path).lastLines(0)).isEmpty();
  }

  @Test
  void lastLines_longFile_readsOnlyItsEnd() throws IOException {
    Path path = folder.resolve("a.log");
    Files.writeString(path, "x".repeat(5000) + "\nlast\n");

    assertThat(LogFile.of(path).lastLines(1)).containsExactly("last");
  }

  @Test
  void lastLines_noFile_areNone() {
    assertThat(LogFile.of(folder.resolve("none.log")).lastLines(5)).isEmpty();
  }

  @Test
  void follow_linesAddedAndFileRolled_handsOnEachWholeLineOnce() throws Exception {
    Path path = folder.resolve("a.log");
    Files.writeString(path, "old\n");
    LogFile log = LogFile.of(path);
    log.lastLines(10);
    Deque<Step> steps =
        new ArrayDeque<>(
            List.of(
                () -> append(path, "first\nsec"),
                () -> append(path, "ond\n"),
                () -> Files.writeString(path, "new\n")));
    List<String> lines = new ArrayList<>();

    log.follow(() -> runNext(steps), lines::add);

    assertThat(lines).containsExactly("first", "second", "new");
  }

  /** Something that happens to the file between two looks at it. */
  private interface Step {
    void run() throws IOException;
  }

  private static boolean runNext(Deque<Step> steps) {
    try {
      steps.removeFirst().run();
      return !steps.isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path path, String text) throws IOException {
    Files.writeString(path, text, StandardOpenOption.APPEND);
  }
}
