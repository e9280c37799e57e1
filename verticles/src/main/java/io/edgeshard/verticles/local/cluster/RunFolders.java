package io.edgeshard.verticles.local.cluster;

import io.edgeshard.verticles.local.runfile.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders of runs, {@code runs/PID-START}: what nodes write that nobody needs after the run.
 *
 * <p>The name identifies the launching process, so that what a killed one left is found later.
 */
final class RunFolders {
  private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  private RunFolders() {}

  /** The folder of a run that this process launches. */
  static Path ofThisProcess(Path stateFolder) {
    ProcessIdentity self = ProcessIdentity.current();
    return stateFolder.resolve("runs").resolve(self.pid() + "-" + self.startedAtMs());
  }

  /** Removes the folders of other runs, whose launcher is gone. */
  static void removeStaleBeside(Path folder) {
    Path runs = folder.getParent();
    if (runs == null || !Files.isDirectory(runs)) {
      return;
    }
    try (Stream<Path> folders = Files.list(runs)) {
      folders.filter(RunFolders::isStale).toList().forEach(RunFolders::remove);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + runs, e);
    }
  }

  /** Removes a folder and all it holds, as far as the system lets it. */
  static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // A node that is just ending may still delete or write there; the next run tries again.
      return;
    }
  }

  private static boolean isStale(Path folder) {
    Matcher matcher = NAME.matcher(folder.getFileName().toString());
    return matcher.matches()
        && new ProcessIdentity(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
            .find()
            .isEmpty();
  }
}
