package io.edgeshard.verticles.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
  @TempDir Path root;

  @Test
  void version2_limitOfItsOwnAndAbove_theLeastCounts() throws IOException {
    write("proc", "0::/app/node");
    write("fs/app/node/memory.max", "2000");
    write("fs/app/node/memory.current", "500");
    write("fs/app/node/memory.stat", "anon 300\ninactive_file 100\n");
    write("fs/app/memory.max", "1500");
    write("fs/app/memory.current", "1200");
    assertThat(group().memoryLimitBytes()).hasValue(1500);
    assertThat(group().memoryLeftBytes()).hasValue(300);
  }

  @Test
  void version2_noLimit_isEmpty() throws IOException {
    write("proc", "0::/app");
    write("fs/app/memory.max", "max");
    write("fs/app/memory.current", "500");
    assertThat(group().memoryLimitBytes()).isEmpty();
    assertThat(group().memoryLeftBytes()).isEmpty();
  }

  @Test
  void version1_limit_isFound() throws IOException {
    write("proc", "4:memory:/app\n1:cpu:/");
    write("fs/memory/app/memory.limit_in_bytes", "4096");
    write("fs/memory/app/memory.usage_in_bytes", "4000");
    write("fs/memory/app/memory.stat", "inactive_file 1\ntotal_inactive_file 1000\n");
    write("fs/memory/memory.limit_in_bytes", "9223372036854771712");
    assertThat(group().memoryLimitBytes()).hasValue(4096);
    assertThat(group().memoryLeftBytes()).hasValue(1096);
  }

  @Test
  void container_pathThatCannotBeSeen_countsItsRoot() throws IOException {
    write("proc", "0::/../../elsewhere");
    write("fs/memory.max", "4096");
    write("fs/memory.current", "96");
    assertThat(group().memoryLimitBytes()).hasValue(4096);
    assertThat(group().memoryLeftBytes()).hasValue(4000);
  }

  @Test
  void otherSystem_isEmpty() {
    assertThat(group().memoryLimitBytes()).isEmpty();
    assertThat(group().memoryLeftBytes()).isEmpty();
  }

  private ControlGroup group() {
    return ControlGroup.read(root.resolve("fs"), root.resolve("proc"));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
