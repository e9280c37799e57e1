package io.edgeshard.verticles.local.runfile;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeshard.verticles.local.node.NodeStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of run files, {@code nodes/CLUSTER/NAME.json}.
 *
 * <p>A file whose process has ended (killed, or the machine restarted) is stale: it is never listed
 * and is removed when the folder is listed.
 */
public final class RunFiles {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private final Path folder;

  /** Those below a user's state folder. */
  public RunFiles(Path stateFolder) {
    this.folder = stateFolder.resolve("nodes");
  }

  /** Writes or replaces a node's file: readers see the old or the new one, never a part. */
  public void write(RunFile file) {
    Path path = path(file.clusterName(), file.name());
    Path draft = path.resolveSibling(path.getFileName() + "." + file.process().pid());
    try {
      Files.createDirectories(path.getParent());
      Files.write(draft, MAPPER.writeValueAsBytes(file));
      replace(draft, path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write run file " + path, e);
    }
  }

  /** Removes a node's file, unless another process has written it since. */
  public void remove(RunFile file) {
    Path path = path(file.clusterName(), file.name());
    if (read(path).filter(found -> found.process().equals(file.process())).isPresent()) {
      delete(path);
    }
  }

  /** The running nodes, by cluster and name. */
  public List<RunFile> list() {
    List<RunFile> running = new ArrayList<>();
    for (Path path : paths()) {
      Optional<RunFile> file = read(path);
      if (file.flatMap(found -> found.process().find()).isPresent()) {
        running.add(file.orElseThrow());
      } else {
        delete(path);
      }
    }
    running.sort(Comparator.comparing(RunFile::clusterName).thenComparing(RunFile::name));
    return running;
  }

  /** The running node of a name in a cluster. */
  public Optional<RunFile> find(String clusterName, String name) {
    return read(path(clusterName, name)).filter(file -> file.process().find().isPresent());
  }

  private Path path(String clusterName, String name) {
    return folder.resolve(clusterName).resolve(name + ".json");
  }

  private List<Path> paths() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> tree = Files.walk(folder, 2)) {
      return tree.filter(path -> path.toString().endsWith(".json")).toList();
    } catch (IOException | UncheckedIOException e) {
      throw new NodeStartException("cannot list the run files in " + folder, e);
    }
  }

  private static Optional<RunFile> read(Path path) {
    try {
      return Optional.of(MAPPER.readValue(Files.readAllBytes(path), RunFile.class));
    } catch (NoSuchFileException | JacksonException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read run file " + path, e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
      Path cluster = path.getParent();
      try (Stream<Path> rest = Files.list(cluster)) {
        if (rest.findAny().isPresent()) {
          return;
        }
      }
      Files.deleteIfExists(cluster);
    } catch (IOException e) {
      // Another process removed it or wrote beside it at the same moment: both are fine.
      return;
    }
  }

  private static void replace(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
