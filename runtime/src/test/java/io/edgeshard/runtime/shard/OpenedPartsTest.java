package io.edgeshard.runtime.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenedPartsTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void close_notKept_closesTheLastFirst() {
    try (OpenedParts parts = new OpenedParts()) {
      add(parts, "weights");
      add(parts, "session");
    }
    assertThat(closed).containsExactly("session", "weights");
  }

  @Test
  void close_kept_closesOnlyWhatCameLater() {
    try (OpenedParts parts = new OpenedParts()) {
      add(parts, "weights");
      parts.keep();
      add(parts, "shard");
    }
    assertThat(closed).containsExactly("shard");
  }

  @Test
  void close_oneFails_closesTheOthers() {
    try (OpenedParts parts = new OpenedParts()) {
      add(parts, "weights");
      AutoCloseable broken =
          () -> {
            throw new IOException("broken");
          };
      parts.add(broken);
      add(parts, "tables");
    }
    assertThat(closed).containsExactly("tables", "weights");
  }

  private void add(OpenedParts parts, String name) {
    AutoCloseable part = () -> closed.add(name);
    parts.add(part);
  }
}
