package io.edgeshard.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All files of the page, in memory.
 *
 * <p>Everything but the page itself lies below a path that contains a hash of all contents, so that
 * a browser may keep it for ever and a new release is never mixed with an old one.
 */
final class PageFiles {
  private static final String ROOT = "/webroot";
  private static final String INDEX = "index.html";
  private static final String DOCS = "docs.html";
  private static final String OPEN_API = "openapi.json";
  private static final String ASSETS_MARK = "{{assets}}";

  /** What has an address of its own. */
  private final Map<String, PageFile> pages;

  private final Map<String, PageFile> assets;
  private final String fingerprint;

  private PageFiles(Map<String, PageFile> pages, Map<String, PageFile> assets, String fingerprint) {
    this.pages = Map.copyOf(pages);
    this.assets = Map.copyOf(assets);
    this.fingerprint = fingerprint;
  }

  /** Reads them from the class path. */
  static PageFiles load() {
    try {
      Map<String, byte[]> contents = ownFiles();
      contents.putAll(libraryFiles());
      return of(contents);
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("expected the page's files on the class path", e);
    }
  }

  private static PageFiles of(Map<String, byte[]> contents) {
    String fingerprint = Digests.of(joined(contents));
    Map<String, PageFile> pages = new TreeMap<>();
    Map<String, PageFile> assets = new TreeMap<>();
    contents.forEach(
        (name, bytes) -> {
          if (name.endsWith(".html")) {
            String html = new String(bytes, UTF_8).replace(ASSETS_MARK, "/assets/" + fingerprint);
            pages.put(name, PageFile.of(name, html.getBytes(UTF_8)));
          } else if (name.equals(OPEN_API)) {
            pages.put(name, PageFile.of(name, bytes));
          } else {
            assets.put(name, PageFile.of(name, bytes));
          }
        });
    return new PageFiles(pages, assets, fingerprint);
  }

  /** The chat page. */
  PageFile index() {
    return page(INDEX);
  }

  /** The page that describes the API. */
  PageFile docs() {
    return page(DOCS);
  }

  /** What that page shows, for programs (OpenAPI 3.1). */
  PageFile openApi() {
    return page(OPEN_API);
  }

  private PageFile page(String name) {
    return Optional.ofNullable(pages.get(name))
        .orElseThrow(
            () -> new IllegalStateException("expected " + ROOT + "/" + name + ", found none"));
  }

  /** A hash of all contents, part of every asset's path. */
  String fingerprint() {
    return fingerprint;
  }

  /**
   * What the page loads.
   *
   * @param name path below the fingerprint, without a slash in front
   */
  Optional<PageFile> asset(String name) {
    return Optional.ofNullable(assets.get(name));
  }

  private static Map<String, byte[]> ownFiles() throws IOException, URISyntaxException {
    URL root = PageFiles.class.getResource(ROOT + "/" + INDEX);
    if (root == null) {
      throw new IOException("found no " + ROOT + "/" + INDEX);
    }
    if (root.openConnection() instanceof JarURLConnection connection) {
      Path archive = Path.of(connection.getJarFileURL().toURI());
      try (FileSystem jar = FileSystems.newFileSystem(archive)) {
        return filesBelow(jar.getPath(ROOT));
      }
    }
    return filesBelow(Path.of(root.toURI()).resolveSibling(""));
  }

  private static Map<String, byte[]> filesBelow(Path directory) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(
              path ->
                  found.put(directory.relativize(path).toString().replace('\\', '/'), read(path)));
    }
    return found;
  }

  private static byte[] read(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> libraryFiles() throws IOException {
    Properties libraries = new Properties();
    try (InputStream in = PageFiles.class.getResourceAsStream("libraries.properties")) {
      if (in == null) {
        throw new IOException("found no libraries.properties");
      }
      libraries.load(in);
    }
    Map<String, byte[]> found = new TreeMap<>();
    for (String name : libraries.stringPropertyNames()) {
      found.put(name, resource("/" + libraries.getProperty(name)));
    }
    return found;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PageFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("found no " + name);
      }
      return in.readAllBytes();
    }
  }

  private static byte[] joined(Map<String, byte[]> contents) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    contents.forEach(
        (name, bytes) -> {
          all.writeBytes(name.getBytes(UTF_8));
          all.writeBytes(bytes);
        });
    return all.toByteArray();
  }
}
