package io.edgeshard.verticles.local;

import static io.edgeshard.verticles.settings.NodeSettings.TOKEN_FILE;

import io.edgeshard.verticles.config.JoinToken;
import io.edgeshard.verticles.settings.Origin;
import io.edgeshard.verticles.settings.Settings;
import io.edgeshard.verticles.settings.SettingsException;
import io.edgeshard.web.guard.ApiKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What a node is started with and nobody may see: its API keys, and its join token. The token is in
 * the file that a flag names, else the variable {@value #VARIABLE}, else the file of the settings.
 * Neither is a setting: those are shown to people.
 */
public final class Secrets {
  /** Gives the token itself. */
  public static final String VARIABLE = "EDGESHARD_TOKEN";

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(100);

  private final Settings settings;
  private final Map<String, String> environment;

  public Secrets(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** The token of a cluster's first node, which makes one where there is none. */
  JoinToken ofFirst() {
    return isInEnvironment() ? ofEnvironment() : readOrMake(file());
  }

  /**
   * The token of a node that joins.
   *
   * @param patience how long to wait for the file: a first node on this machine may be about to
   *     make it
   */
  JoinToken ofJoining(Duration patience) {
    if (isInEnvironment()) {
      return ofEnvironment();
    }
    try {
      await(file(), patience);
      return read(file());
    } catch (NoSuchFileException missing) {
      throw new SettingsException(
          "expected the cluster's join token in %s or in %s, found neither: its first node keeps it in a file of that name and prints it when it is open to other machines"
              .formatted(VARIABLE, file()));
    } catch (IOException unreadable) {
      throw unreadable(file(), unreadable);
    }
  }

  private static void await(Path file, Duration patience) {
    long start = System.nanoTime();
    while (!Files.exists(file) && System.nanoTime() - start < patience.toNanos()) {
      LockSupport.parkNanos(LOOK_INTERVAL.toNanos());
    }
  }

  /** The keys that clients must show. */
  ApiKeys apiKeys() {
    return ApiKeyFile.read(settings, environment);
  }

  /** Where the token is kept; for a person who has to copy it. */
  public Path file() {
    return settings.get(TOKEN_FILE);
  }

  private boolean isInEnvironment() {
    return settings.origin(TOKEN_FILE).kind() != Origin.Kind.FLAG
        && !environment.getOrDefault(VARIABLE, "").isBlank();
  }

  private JoinToken ofEnvironment() {
    return parse(VARIABLE + " in the environment", environment.getOrDefault(VARIABLE, ""));
  }

  private static JoinToken readOrMake(Path file) {
    try {
      return Files.exists(file) ? read(file) : make(file);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  /** Complete before it has its name: who looks meanwhile finds no file, or all of it. */
  private static JoinToken make(Path file) throws IOException {
    JoinToken token = JoinToken.random();
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path unfinished = Files.createTempFile(folder, ".join-token", "", SecretFile.ownerOnly());
    try {
      Files.writeString(unfinished, token.reveal() + "\n");
      Files.createLink(file, unfinished);
      return token;
    } catch (FileAlreadyExistsException other) {
      return read(file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static JoinToken read(Path file) throws IOException {
    return parse(file.toString(), SecretFile.read(file));
  }

  private static JoinToken parse(String place, String text) {
    try {
      return JoinToken.parse(text);
    } catch (IllegalArgumentException other) {
      throw new SettingsException(place + ": " + other.getMessage());
    }
  }

  private static SettingsException unreadable(Path file, IOException failure) {
    return new SettingsException(
        "expected a token file at %s that can be read, or written where there is none, found: %s"
            .formatted(file, failure));
  }
}
