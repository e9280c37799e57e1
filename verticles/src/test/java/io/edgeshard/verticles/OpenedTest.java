package io.edgeshard.verticles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OpenedTest {
  private final Opened opened = new Opened();
  private final List<String> closed = new ArrayList<>();

  @Test
  void close_several_closesTheLastFirst() {
    add("model");
    add("shard");
    add("stage");
    assertThat(opened.close().toCompletableFuture()).isCompleted();
    assertThat(closed).containsExactly("stage", "shard", "model");
  }

  @Test
  void close_oneTakesLong_closesWhatItUsesOnlyAfterwards() {
    CompletableFuture<Void> stageEnded = new CompletableFuture<>();
    add("shard");
    opened.add("stage", () -> stageEnded);
    CompletableFuture<Void> all = opened.close().toCompletableFuture();
    assertThat(closed).isEmpty();
    assertThat(all).isNotDone();
    stageEnded.complete(null);
    assertThat(closed).containsExactly("shard");
    assertThat(all).isCompleted();
  }

  @Test
  void close_someFail_isLoggedAndClosesTheOthers() {
    add("model");
    opened.add(
        (AutoCloseable)
            () -> {
              throw new IOException("broken");
            });
    opened.add("stage", () -> CompletableFuture.failedFuture(new IOException("late")));
    opened.add(
        "http",
        () -> {
          throw new IllegalStateException("closed already");
        });
    try (CapturedLog log = CapturedLog.of(Opened.class)) {
      assertThat(opened.close().toCompletableFuture()).isCompleted();
      assertThat(log.lines()).hasSize(3).allMatch(line -> line.contains("event=close-failed"));
    }
    assertThat(closed).containsExactly("model");
  }

  @Test
  void close_again_closesNothingTwice() {
    add("model");
    opened.close();
    assertThat(opened.close().toCompletableFuture()).isCompleted();
    assertThat(closed).containsExactly("model");
  }

  @Test
  void add_afterClose_isClosedAtOnce() {
    opened.close();
    add("a model that took long to read");
    assertThat(closed).hasSize(1);
  }

  private void add(String name) {
    opened.add((AutoCloseable) () -> closed.add(name));
  }
}
