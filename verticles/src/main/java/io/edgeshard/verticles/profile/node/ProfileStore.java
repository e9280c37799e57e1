package io.edgeshard.verticles.profile.node;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.verticles.profile.node.ComputeMeasuring.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this machine measured before: a small JSON file in the cache folder for every model and way
 * to run it. A file that is damaged, or of another key, counts as none.
 */
public final class ProfileStore {
  private static final Logger LOG = LoggerFactory.getLogger(ProfileStore.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path folder;

  /** A store in a folder that need not exist. */
  public ProfileStore(Path folder) {
    this.folder = folder;
  }

  private record Entry(ProfileKey key, ComputeProfile times, double spread) {}

  /** What was measured under this key. */
  Optional<Figures> find(ProfileKey key) {
    Path file = file(key);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Entry entry = JSON.readValue(file.toFile(), Entry.class);
      return key.equals(entry.key()) && entry.times() != null
          ? Optional.of(new Figures(entry.times(), entry.spread()))
          : Optional.empty();
    } catch (IOException damaged) {
      LOG.warn("event=profile-left-out file={} reason=\"{}\"", file, damaged.getMessage());
      return Optional.empty();
    }
  }

  /** Keeps what was measured; a folder that cannot be written costs the next start some seconds. */
  void keep(ProfileKey key, Figures figures) {
    Path file = file(key);
    try {
      Files.createDirectories(folder);
      Path written = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".part");
      JSON.writerWithDefaultPrettyPrinter()
          .writeValue(written.toFile(), new Entry(key, figures.times(), figures.spread()));
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      LOG.warn("event=profile-not-kept file={} reason=\"{}\"", file, unwritable.toString());
    }
  }

  /** A name of its own for every key, of a length that every file system takes. */
  private Path file(ProfileKey key) {
    UUID name = UUID.nameUUIDFromBytes(key.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(name + ".json");
  }
}
