package io.edgeshard.verticles.local;

import io.edgeshard.verticles.local.node.NodeStartException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The end of a log, read without the rest, and what comes after it. */
public final class LogFile {
  private static final int LONGEST_LINE_BYTES = 1000;
  private static final int MOST_BYTES = 16 << 20;
  private static final long PAUSE_MS = 200;

  private final Path path;
  private long readUntil;

  private LogFile(Path path) {
    this.path = path;
  }

  /** The log in a file, which need not be there yet. */
  public static LogFile of(Path path) {
    return new LogFile(path);
  }

  /** At most {@code most} lines. */
  public List<String> lastLines(int most) {
    long end = length();
    long start = Math.max(0, end - Math.min(MOST_BYTES, (long) most * LONGEST_LINE_BYTES));
    List<String> lines = read(start, end).lines().toList();
    boolean firstIsCut = start > 0 && !lines.isEmpty();
    List<String> whole = firstIsCut ? lines.subList(1, lines.size()) : lines;
    return whole.subList(Math.max(0, whole.size() - most), whole.size());
  }

  /** Hands on each line that is added after what was read, for as long as {@code goesOn}. */
  public void follow(BooleanSupplier goesOn, Consumer<String> reader) throws InterruptedException {
    boolean more;
    do {
      more = goesOn.getAsBoolean();
      readAdded().lines().forEach(reader);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } while (more);
  }

  /** Whole lines only; a file shorter than before was rolled and starts anew. */
  private String readAdded() {
    long end = length();
    long start = end < readUntil ? 0 : readUntil;
    String text = read(start, Math.min(end, start + MOST_BYTES));
    int lastNewline = text.lastIndexOf('\n');
    String whole = text.substring(0, lastNewline + 1);
    readUntil = start + whole.getBytes(StandardCharsets.UTF_8).length;
    return whole;
  }

  private String read(long start, long end) {
    if (end <= start) {
      return "";
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(end - start)];
      file.seek(start);
      file.readFully(bytes);
      readUntil = end;
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new NodeStartException("cannot read the log " + path, e);
    }
  }

  private long length() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0;
    }
  }
}
