package io.edgeshard.runtime.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.edgeshard.runtime.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A tokenizer of the Hugging Face library. Thread-safe: texts are encoded side by side, and closing
 * waits for those under way, since the library would read memory that is no longer its own.
 */
final class NativeTokenizer implements AutoCloseable {
  private static final Map<String, String> AS_IT_IS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer tokenizer;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * Makes a tokenizer.
   *
   * @param tokenizerJson what the library's files called {@code tokenizer.json} hold
   */
  static NativeTokenizer load(byte[] tokenizerJson) {
    NativeLibraryFolder.prepare();
    try {
      return new NativeTokenizer(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(tokenizerJson), AS_IT_IS));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (LinkageError e) {
      throw new ModelException(
          "expected a machine on which the tokenizers library runs, found %s on %s: %s"
              .formatted(
                  System.getProperty("os.name"), System.getProperty("os.arch"), e.getMessage()),
          e);
    } catch (RuntimeException e) {
      throw new ModelException(
          "expected tables that the tokenizers library accepts, but it says: " + e.getMessage(), e);
    }
  }

  /** The text's token ids, none added. */
  int[] encode(String text) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the tokenizer is closed");
      }
      long[] ids = tokenizer.encode(wellFormed(text), false, false).getIds();
      return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** The text with U+FFFD for halves of surrogate pairs, which have no UTF-8. */
  private static String wellFormed(String text) {
    boolean isWellFormed = text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    if (isWellFormed) {
      return text;
    }
    return text.codePoints()
        .map(point -> point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      tokenizer.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
