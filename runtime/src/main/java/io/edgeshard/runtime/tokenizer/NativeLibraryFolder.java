package io.edgeshard.runtime.tokenizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the tokenizers library's native part is unpacked to: below the user's cache folder, where
 * it stays for the next start, or, where that cannot be written, a folder that goes with the
 * process. The library unpacks to a folder of its own first and renames it, so that processes that
 * start together do not get into each other's way.
 *
 * <p>The library is told by system properties; what the user has set stays. It is also told to stay
 * off the network: it would ask for a GPU build where it finds a GPU, and report its use.
 */
final class NativeLibraryFolder {
  private static final String FOLDER = "ENGINE_CACHE_DIR";
  private static final String OTHER_FOLDER = "DJL_CACHE_DIR";
  private static final String OFFLINE = "ai.djl.offline";

  private static boolean prepared;

  private NativeLibraryFolder() {}

  static synchronized void prepare() {
    if (prepared) {
      return;
    }
    System.setProperty(OFFLINE, System.getProperty(OFFLINE, "true"));
    if (!isSet(FOLDER) && !isSet(OTHER_FOLDER)) {
      System.setProperty(FOLDER, folder().toString());
    }
    prepared = true;
  }

  private static boolean isSet(String name) {
    return System.getenv(name) != null || System.getProperty(name) != null;
  }

  private static Path folder() {
    Path inCache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(named -> !named.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home", "."), ".cache"))
            .resolve("edgeshard")
            .resolve("native");
    try {
      Files.createDirectories(inCache);
      if (Files.isWritable(inCache)) {
        return inCache;
      }
    } catch (IOException e) {
      // a read-only home is no fault: the folder of this process serves as well
    }
    return ofThisProcess();
  }

  private static Path ofThisProcess() {
    try {
      Path folder = Files.createTempDirectory("edgeshard-native-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "native-clean-up"));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "expected a folder to unpack the tokenizers library to, found none that can be written: set "
              + FOLDER,
          e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // the system's own cleaning of its temporary folder gets what is left
    }
  }
}
