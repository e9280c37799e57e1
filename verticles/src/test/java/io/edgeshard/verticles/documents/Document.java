package io.edgeshard.verticles.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A Markdown file of the project.
 *
 * @param path below the project's folder
 * @param text all of it
 */
record Document(String path, String text) {
  /** The project's folder, as the tests of a module see it. */
  static final Path PROJECT = Path.of("..");

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern INLINE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)");

  static Document read(String path) {
    try {
      return new Document(path, Files.readString(PROJECT.resolve(path)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The commands of its blocks of shell. */
  List<ShellCommand> commands() {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals("sh"))
        .flatMap(block -> ShellCommand.in(block.group(2)).stream())
        .toList();
  }

  /** The blocks that are no shell. */
  List<String> otherBlocks() {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> !block.group(1).equals("sh"))
        .map(block -> block.group(2))
        .toList();
  }

  /** What its sentences set as code. */
  List<String> inlineCode() {
    return INLINE
        .matcher(BLOCK.matcher(text).replaceAll(""))
        .results()
        .map(code -> code.group(1))
        .toList();
  }

  /** What it links to. */
  List<String> links() {
    return LINK.matcher(text).results().map((MatchResult link) -> link.group(1)).toList();
  }

  @Override
  public String toString() {
    return path;
  }
}
