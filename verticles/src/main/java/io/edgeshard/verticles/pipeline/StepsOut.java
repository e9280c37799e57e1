package io.edgeshard.verticles.pipeline;

import io.edgeshard.verticles.pipeline.SequenceRun.Rows;
import io.edgeshard.verticles.protocol.SequenceId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps that have been sent and have not come back. Not thread-safe. */
final class StepsOut {
  private final Map<Integer, Step> steps = new LinkedHashMap<>();
  private long progressNanos;

  /** A step that is out: what is missing of it. */
  static final class Step {
    private final long sentNanos;
    private final int promptRows;
    private final int decodeRows;
    private final Map<SequenceId, SequenceRun.Sent> missing = new HashMap<>();

    private Step(long sentNanos, List<Rows> rows) {
      this.sentNanos = sentNanos;
      promptRows = rows.stream().filter(StepsOut::isPrompt).mapToInt(StepsOut::count).sum();
      decodeRows = rows.stream().mapToInt(StepsOut::count).sum() - promptRows;
      rows.forEach(each -> missing.put(each.span().sequence(), each.sent()));
    }

    long sentNanos() {
      return sentNanos;
    }

    int promptRows() {
      return promptRows;
    }

    int decodeRows() {
      return decodeRows;
    }
  }

  private static boolean isPrompt(Rows rows) {
    return rows.sent().isPrompt();
  }

  private static int count(Rows rows) {
    return rows.tokenIds().length;
  }

  /** Notes that a step has been sent. */
  void sent(int number, List<Rows> rows, long nowNanos) {
    if (steps.isEmpty()) {
      progressNanos = nowNanos;
    }
    steps.put(number, new Step(nowNanos, rows));
  }

  /** A step that is out. */
  Optional<Step> find(int number) {
    return Optional.ofNullable(steps.get(number));
  }

  /** What was out of a sequence has come back; empty when it was not out. */
  Optional<SequenceRun.Sent> answered(int number, SequenceId sequence, long nowNanos) {
    Step step = steps.get(number);
    Optional<SequenceRun.Sent> sent =
        Optional.ofNullable(step == null ? null : step.missing.remove(sequence));
    if (step != null && step.missing.isEmpty()) {
      steps.remove(number);
    }
    if (sent.isPresent()) {
      progressNanos = nowNanos;
    }
    return sent;
  }

  int count() {
    return steps.size();
  }

  /** Those with decode rows. */
  int decodeCount() {
    return (int) steps.values().stream().filter(step -> step.decodeRows > 0).count();
  }

  /** How long nothing has come back though something is out. */
  long silentNanos(long nowNanos) {
    return steps.isEmpty() ? 0 : nowNanos - progressNanos;
  }

  /** Whose rows are out. */
  List<SequenceId> sequences() {
    return steps.values().stream()
        .flatMap(step -> step.missing.keySet().stream())
        .distinct()
        .toList();
  }

  /** Gives up waiting. */
  void clear() {
    steps.clear();
  }
}
