package io.edgeshard.verticles.pipeline;

import io.edgeshard.verticles.pipeline.SequenceRun.Rows;
import io.edgeshard.verticles.protocol.SequenceId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps that have been sent and have not come back. Not thread-safe. */
final class StepsOut {
  private final Map<Integer, Step> steps = new LinkedHashMap<>();

  /** A step that is out: what is missing of it. */
  static final class Step {
    private final long sentNanos;
    private final int promptRows;
    private final int decodeRows;
    private final Map<SequenceId, SequenceRun.Sent> missing = new LinkedHashMap<>();
    private long waitingSinceNanos;

    private Step(long sentNanos, List<Rows> rows) {
      this.sentNanos = sentNanos;
      waitingSinceNanos = sentNanos;
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
      // Stages take steps in the order sent: those behind this one have only waited for it.
      steps.forEach(
          (behind, waiting) -> {
            if (behind >= number) {
              waiting.waitingSinceNanos = nowNanos;
            }
          });
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

  /** Gives up waiting for steps that have been the next to come back for too long. */
  List<SequenceId> overdue(long nowNanos, long limitNanos) {
    List<Integer> late =
        steps.entrySet().stream()
            .filter(entry -> nowNanos - entry.getValue().waitingSinceNanos > limitNanos)
            .map(Map.Entry::getKey)
            .toList();
    return late.stream()
        .flatMap(number -> steps.remove(number).missing.keySet().stream())
        .distinct()
        .toList();
  }

  /** Gives up waiting for all. */
  void clear() {
    steps.clear();
  }
}
