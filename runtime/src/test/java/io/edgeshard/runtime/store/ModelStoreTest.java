package io.edgeshard.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgeshard.runtime.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelStoreTest {
  private static final String SHA256_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = WRITTEN.plus(Duration.ofDays(1));

  @Test
  void sha256_file_isThatOfItsContent(@TempDir Path cache) throws IOException {
    assertThat(store(cache).sha256(abc(cache, "model.gguf"))).isEqualTo(SHA256_OF_ABC);
  }

  @Test
  void sha256_unchangedFile_isNotReadAgain(@TempDir Path cache) throws IOException {
    Path file = abc(cache, "model.gguf");
    store(cache).sha256(file);
    // Only something that the store never does tells whether it reads: other bytes, same time.
    write(file, "xyz", WRITTEN);

    assertThat(store(cache).sha256(file)).isEqualTo(SHA256_OF_ABC);
  }

  @Test
  void sha256_changedFile_isReadAgain(@TempDir Path cache) throws IOException {
    Path file = abc(cache, "model.gguf");
    store(cache).sha256(file);
    write(file, "xyz", WRITTEN.plusSeconds(1));

    assertThat(store(cache).sha256(file)).isEqualTo(ContentHash.of(file));
  }

  @Test
  void sha256_fileWrittenJustNow_isNotNoted(@TempDir Path cache) throws IOException {
    Path file = abc(cache, "model.gguf");
    ModelStore soon = new ModelStore(cache, Clock.fixed(WRITTEN.plusMillis(500), ZoneOffset.UTC));
    soon.sha256(file);
    write(file, "xyz", WRITTEN);

    assertThat(soon.sha256(file)).isEqualTo(ContentHash.of(file));
  }

  @Test
  void sha256_damagedNotes_areReplaced(@TempDir Path cache) throws IOException {
    Path file = abc(cache, "model.gguf");
    store(cache).sha256(file);
    for (String damage :
        List.of("", "{", "[]", "null", "{\"sha256\":7}", "{\"path\":\"elsewhere\"}")) {
      Files.writeString(onlyNote(cache), damage);

      assertThat(store(cache).sha256(file)).isEqualTo(SHA256_OF_ABC);
      assertThat(onlyNote(cache)).content().contains(SHA256_OF_ABC);
    }
  }

  @Test
  void sha256_cacheFolderIsAFile_worksWithoutNotes(@TempDir Path folder) throws IOException {
    Path file = abc(folder, "model.gguf");
    Path noFolder = Files.writeString(folder.resolve("cache"), "");

    assertThat(store(noFolder).sha256(file)).isEqualTo(SHA256_OF_ABC);
  }

  @Test
  void sha256_manyAtOnce_agreeAndLeaveOneNote(@TempDir Path cache) throws Exception {
    Path file = abc(cache, "model.gguf");
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      Callable<String> task = () -> store(cache).sha256(file);
      for (Future<String> hash : pool.invokeAll(Collections.nCopies(64, task))) {
        assertThat(hash.get()).isEqualTo(SHA256_OF_ABC);
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(onlyNote(cache)).content().contains(SHA256_OF_ABC);
  }

  @Test
  void sha256_missingFile_saysSo(@TempDir Path cache) {
    Path file = cache.resolve("none.gguf");

    assertThatThrownBy(() -> store(cache).sha256(file))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "expected a model file at %s, found nothing: put the model there or name another path",
            file);
  }

  @Test
  void find_inCacheFolderUnderAnyName_givesIt(@TempDir Path cache) throws IOException {
    Path models = Files.createDirectory(cache.resolve("models"));
    write(models.resolve("a.gguf"), "other", WRITTEN);
    write(models.resolve("b.gguf"), "xyz", WRITTEN);
    Path wanted = abc(models, "whatever.GGUF");

    assertThat(store(cache).find(Optional.empty(), SHA256_OF_ABC, 3)).isEqualTo(wanted);
  }

  @Test
  void find_inNamedFolder_comesBeforeTheCacheFolder(@TempDir Path cache, @TempDir Path named)
      throws IOException {
    Path cached = abc(Files.createDirectory(cache.resolve("models")), "model.gguf");

    assertThat(store(cache).find(Optional.of(named), SHA256_OF_ABC, 3)).isEqualTo(cached);
    Path wanted = abc(named, "model.gguf");
    assertThat(store(cache).find(Optional.of(named), SHA256_OF_ABC, 3)).isEqualTo(wanted);
  }

  @Test
  void find_namedFile_isTakenWhenItIsTheOne(@TempDir Path cache) throws IOException {
    Path file = abc(cache, "no-ending");

    assertThat(store(cache).find(Optional.of(file), SHA256_OF_ABC, 3)).isEqualTo(file);
  }

  @Test
  void find_namedFileOfAnotherModel_saysWhichIsWanted(@TempDir Path cache) throws IOException {
    Path file = cache.resolve("model.gguf");
    write(file, "xyz", WRITTEN);

    assertThatThrownBy(() -> store(cache).find(Optional.of(file), SHA256_OF_ABC, 3))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "expected the cluster's model (SHA-256 %s, 3 bytes) in %s, found another (SHA-256 %s):"
                + " name the model that the first node serves, or none to look in %s",
            SHA256_OF_ABC, file, ContentHash.of(file), cache.resolve("models"));
    assertThatThrownBy(() -> store(cache).find(Optional.of(file), SHA256_OF_ABC, 4))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found another (3 bytes)");
  }

  @Test
  void find_nowhere_saysWhereToPutIt(@TempDir Path cache) {
    assertThatThrownBy(() -> store(cache).find(Optional.empty(), SHA256_OF_ABC, 3))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "expected the cluster's model (SHA-256 %s, 3 bytes) as a .gguf file in %2$s, found"
                + " none: copy it into %2$s or name it with --model",
            SHA256_OF_ABC, cache.resolve("models"));
  }

  @Test
  void find_noHash_isRefused(@TempDir Path cache) {
    assertThatThrownBy(() -> store(cache).find(Optional.empty(), "ABC", 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static ModelStore store(Path cache) {
    return new ModelStore(cache, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Path abc(Path folder, String name) throws IOException {
    return write(folder.resolve(name), "abc", WRITTEN);
  }

  private static Path write(Path file, String content, Instant modified) throws IOException {
    Files.writeString(file, content);
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  private static Path onlyNote(Path cache) throws IOException {
    try (Stream<Path> notes = Files.list(cache.resolve("hashes"))) {
      List<Path> all = notes.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
