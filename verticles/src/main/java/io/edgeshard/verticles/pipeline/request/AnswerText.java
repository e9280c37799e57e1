package io.edgeshard.verticles.pipeline.request;

import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.runtime.sampling.SampledToken.Alternative;
import io.edgeshard.runtime.tokenizer.IncrementalDecoder;
import io.edgeshard.runtime.tokenizer.StopStrings;
import io.edgeshard.runtime.tokenizer.Tokenizer;
import io.edgeshard.web.generation.GenerationEvent.TokenLogProbability;
import io.edgeshard.web.generation.GenerationEvent.TokenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Tokens of one answer to text: whole UTF-8 only, and nothing that may be the beginning of a stop
 * string before that is decided. Not thread-safe.
 */
public final class AnswerText {
  private final Tokenizer tokenizer;
  private final IncrementalDecoder decoder;
  private final StopStrings stops;
  private final boolean mayStop;
  private final boolean reportsLogProbabilities;
  private final Consumer<SampledToken> listener;
  private final List<TokenLogProbability> unreported = new ArrayList<>();

  /**
   * The text of an answer that has not begun.
   *
   * @param promptIds what the answer continues
   * @param stop texts that end it; empty when none does
   * @param reportsLogProbabilities whether tokens are reported with their log probabilities
   */
  public AnswerText(
      Tokenizer tokenizer, int[] promptIds, List<String> stop, boolean reportsLogProbabilities) {
    this(tokenizer, promptIds, stop, reportsLogProbabilities, token -> {});
  }

  private AnswerText(
      Tokenizer tokenizer,
      int[] promptIds,
      List<String> stop,
      boolean reportsLogProbabilities,
      Consumer<SampledToken> listener) {
    this.listener = listener;
    this.tokenizer = tokenizer;
    this.decoder = new IncrementalDecoder(tokenizer, promptIds);
    this.stops = new StopStrings(stop);
    this.mayStop = !stop.isEmpty();
    this.reportsLogProbabilities = reportsLogProbabilities;
  }

  /** The text of an answer whose tokens somebody listens to. */
  public static AnswerText heardBy(
      Consumer<SampledToken> listener, Tokenizer tokenizer, int[] promptIds) {
    return new AnswerText(tokenizer, promptIds, List.of(), false, listener);
  }

  /** Adds a token; gives the text that it completes, if any. */
  public Optional<TokenText> append(SampledToken token) {
    listener.accept(token);
    if (reportsLogProbabilities) {
      unreported.add(
          new TokenLogProbability(
              bytes(token.id()),
              token.logProbability(),
              token.top().stream().map(this::alternative).toList()));
    }
    return report(stops.accept(decoder.accept(token.id())));
  }

  /** Whether a stop string may come. */
  public boolean mayStop() {
    return mayStop;
  }

  /** Whether a stop string has come: the answer ends. */
  public boolean stopped() {
    return stops.isFound();
  }

  /** What was held back, at the end of the answer. */
  public Optional<TokenText> flush() {
    return report(stops.accept(decoder.flush()) + stops.flush());
  }

  private Optional<TokenText> report(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    TokenText event = new TokenText(text, unreported);
    unreported.clear();
    return Optional.of(event);
  }

  private TokenLogProbability alternative(Alternative alternative) {
    return new TokenLogProbability(
        bytes(alternative.id()), alternative.logProbability(), List.of());
  }

  private List<Byte> bytes(int tokenId) {
    byte[] bytes = tokenizer.bytes(tokenId);
    return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
  }
}
