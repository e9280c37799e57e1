package io.edgeshard.runtime.store;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.runtime.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content hashes that were computed before, so that a file of many gigabytes is read once and not
 * at every start. Each file has a note of its own, which appears whole or not at all: several
 * processes may share the folder. A note that cannot be read or written costs time, nothing else.
 */
final class KnownHashes {
  private static final Logger LOG = LoggerFactory.getLogger(KnownHashes.class);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** A file written so recently may change again without its time telling. */
  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final Path folder;
  private final Clock clock;

  KnownHashes(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** What is noted about one file; the time as text, exact to what the file system tells. */
  private record Note(
      @Nullable String path, long sizeBytes, @Nullable String modified, @Nullable String sha256) {
    static Note of(FileState file, String sha256) {
      return new Note(file.path(), file.sizeBytes(), file.modified().toString(), sha256);
    }

    Optional<String> hashOf(FileState file) {
      return Optional.ofNullable(sha256)
          .filter(hash -> equals(of(file, hash)) && ModelStore.isSha256(hash));
    }
  }

  /** The file's content hash, computed when it is not known or the file has changed. */
  String of(Path file) {
    FileState before = FileState.of(file);
    Instant start = clock.instant();
    Optional<String> known = read(before);
    if (known.isPresent()) {
      return known.get();
    }
    String sha256 = ContentHash.of(file);
    if (!FileState.of(file).equals(before)) {
      throw new ModelException(
          "expected "
              + file
              + " to stay as it is while it is read, found it changed: try again when it is whole");
    }
    if (before.modified().plus(SETTLING).isBefore(start)) {
      write(before, sha256);
    }
    return sha256;
  }

  private Optional<String> read(FileState file) {
    Path note = noteOf(file);
    if (!Files.isRegularFile(note)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(MAPPER.readValue(note.toFile(), Note.class))
          .flatMap(found -> found.hashOf(file));
    } catch (IOException e) {
      // the class alone: what Jackson says takes several lines
      LOG.debug("event=hash-note-unreadable note={} reason={}", note, e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private void write(FileState file, String sha256) {
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "note", ".tmp");
      try {
        MAPPER.writeValue(draft.toFile(), Note.of(file, sha256));
        Files.move(
            draft,
            noteOf(file),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      LOG.debug("event=hash-note-not-written folder={} reason=\"{}\"", folder, e.toString());
    }
  }

  private Path noteOf(FileState file) {
    return folder.resolve(ContentHash.of(file.path().getBytes(StandardCharsets.UTF_8)) + ".json");
  }
}
