package io.edgeshard.runtime.store;

import io.edgeshard.runtime.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The model files of this machine: those in the cache folder's {@code models}, and one file or
 * folder that somebody names. A model is what its content says, never what its file is called.
 */
public final class ModelStore {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final int MAX_FILES_LOOKED_AT = 10_000;

  private final Path models;
  private final KnownHashes hashes;

  /**
   * @param cacheFolder where models are kept, and notes of their hashes; need not exist
   */
  public ModelStore(Path cacheFolder) {
    this(cacheFolder, Clock.systemUTC());
  }

  ModelStore(Path cacheFolder, Clock clock) {
    this.models = cacheFolder.resolve("models");
    this.hashes = new KnownHashes(cacheFolder.resolve("hashes"), clock);
  }

  /**
   * The content hash of a file; reads all of it when it is new or changed.
   *
   * @throws ModelException when it cannot be read
   */
  public String sha256(Path file) {
    return hashes.of(file);
  }

  /**
   * Finds the model of that content.
   *
   * @param named a file, which must be it, or a folder, which is searched before the cache folder
   * @param sha256 its content hash, as {@link #sha256} gives it
   * @param sizeBytes its size: only files of that size are read
   * @throws ModelException when there is none, saying where to put it
   */
  public Path find(Optional<Path> named, String sha256, long sizeBytes) {
    if (!isSha256(sha256)) {
      throw new IllegalArgumentException("expected a SHA-256 in hexadecimal, found " + sha256);
    }
    if (named.isPresent() && !Files.isDirectory(named.get())) {
      return checked(named.get(), sha256, sizeBytes);
    }
    return named
        .flatMap(folder -> search(folder, sha256, sizeBytes))
        .or(() -> search(models, sha256, sizeBytes))
        .orElseThrow(() -> missing(named, sha256, sizeBytes));
  }

  static boolean isSha256(String text) {
    return SHA256.matcher(text).matches();
  }

  private Path checked(Path file, String sha256, long sizeBytes) {
    long foundBytes = FileState.of(file).sizeBytes();
    if (foundBytes != sizeBytes) {
      throw another(file, foundBytes + " bytes", sha256, sizeBytes);
    }
    String found = hashes.of(file);
    if (!found.equals(sha256)) {
      throw another(file, "SHA-256 " + found, sha256, sizeBytes);
    }
    return file;
  }

  private Optional<Path> search(Path folder, String sha256, long sizeBytes) {
    return ggufFiles(folder).stream()
        .filter(file -> hasSize(file, sizeBytes) && isIt(file, sha256))
        .findFirst();
  }

  private static List<Path> ggufFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".gguf"))
          .filter(Files::isRegularFile)
          .limit(MAX_FILES_LOOKED_AT)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ModelException(
          "expected a folder of models that can be read, found " + folder + " failing (" + e + ")",
          e);
    }
  }

  private static boolean hasSize(Path file, long sizeBytes) {
    try {
      return Files.size(file) == sizeBytes;
    } catch (IOException e) {
      return false; // Gone or forbidden: not a file that can be used.
    }
  }

  /** A file that cannot be read is not it, and must not hide another one that is. */
  private boolean isIt(Path file, String sha256) {
    try {
      return hashes.of(file).equals(sha256);
    } catch (ModelException e) {
      return false;
    }
  }

  private ModelException another(Path file, String found, String sha256, long sizeBytes) {
    return new ModelException(
        "expected the cluster's model ("
            + wanted(sha256, sizeBytes)
            + ") in "
            + file
            + ", found another ("
            + found
            + "): name the model that the first node serves, or none to look in "
            + models);
  }

  private ModelException missing(Optional<Path> named, String sha256, long sizeBytes) {
    String places = named.map(folder -> folder + " or " + models).orElse(models.toString());
    return new ModelException(
        "expected the cluster's model ("
            + wanted(sha256, sizeBytes)
            + ") as a .gguf file in "
            + places
            + ", found none: copy it into "
            + models
            + " or name it with --model");
  }

  private static String wanted(String sha256, long sizeBytes) {
    return "SHA-256 " + sha256 + ", " + sizeBytes + " bytes";
  }
}
