package io.edgeshard.verticles.reference;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers of unsplit models, kept in a folder: a small JSON file for each key. */
public final class ReferenceStore {
  private static final Logger LOG = LoggerFactory.getLogger(ReferenceStore.class);
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Path folder;

  /** A store in a folder that need not exist. */
  public ReferenceStore(Path folder) {
    this.folder = folder;
  }

  private record Entry(String key, ExpectedAnswer answer) {}

  /**
   * The answer under a key, computed when it is not there or damaged.
   *
   * @param key all that the answer depends on: model, weights, engine, processor, prompt
   */
  public ExpectedAnswer get(String key, Supplier<ExpectedAnswer> compute) {
    Path file =
        folder.resolve(UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)) + ".json");
    return find(file, key)
        .orElseGet(
            () -> {
              ExpectedAnswer answer = compute.get();
              keep(file, new Entry(key, answer));
              return answer;
            });
  }

  private static Optional<ExpectedAnswer> find(Path file, String key) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Entry entry = JSON.readValue(file.toFile(), Entry.class);
      return key.equals(entry.key()) ? Optional.ofNullable(entry.answer()) : Optional.empty();
    } catch (IOException damaged) {
      LOG.warn("event=reference-left-out file={} reason=\"{}\"", file, damaged.getMessage());
      return Optional.empty();
    }
  }

  private void keep(Path file, Entry entry) {
    try {
      Files.createDirectories(folder);
      Path written = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".part");
      JSON.writeValue(written.toFile(), entry);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      LOG.warn("event=reference-not-kept file={} reason=\"{}\"", file, unwritable.toString());
    }
  }
}
