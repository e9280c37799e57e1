package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.runtime.sampling.Sampler;
import io.edgeshard.runtime.sampling.SeededSampler;
import io.edgeshard.runtime.shard.Shard;
import io.edgeshard.runtime.shard.ShardSpec.Slots;
import io.edgeshard.runtime.shard.StageInput;
import io.edgeshard.runtime.shard.StageOutput;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.SequenceSpan;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepCompleted.Result;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.stage.ShardSource.LoadedShard;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of one shard, in the order in which they come: checks, computes, samples on the
 * last stage, hands on. Lives on the shard's thread.
 *
 * <p>A step is checked against plan, stage and number, and each of its spans against sequence, slot
 * and position, before the KV cache is touched. What is refused or fails is so for its own sequence
 * alone, and leaves no trace; the others go on.
 */
final class StageRunner {
  private static final Logger LOG = LoggerFactory.getLogger(StageRunner.class);

  /** A sequence without a step for so long is forgotten: its release must have been lost. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  private final LoadShard assignment;
  private final NodeId node;
  private final Shard shard;
  private final int hiddenSize;
  private final StageLinks links;
  private final LongSupplier nanoClock;
  private final Map<SequenceId, StageSequence> sequences = new ConcurrentHashMap<>();
  private int nextStep;

  StageRunner(
      LoadShard assignment,
      NodeId node,
      LoadedShard loaded,
      StageLinks links,
      LongSupplier nanoClock) {
    this.assignment = assignment;
    this.node = node;
    this.shard = loaded.shard();
    this.hiddenSize = loaded.hiddenSize();
    this.links = links;
    this.nanoClock = nanoClock;
  }

  LoadShard assignment() {
    return assignment;
  }

  long kvCacheBytes() {
    return shard.kvCacheBytes();
  }

  /** Whether sequences are open; may be asked by any thread. */
  boolean hasSequences() {
    return !sequences.isEmpty();
  }

  /** Reserves KV cache for a sequence and, on the last stage, makes its sampler. */
  void open(OpenSequence command) {
    if (!command.plan().equals(assignment.plan())) {
      throw new StageException(FailureCode.STALE_PLAN, stalePlan(command.plan().value()));
    }
    expireLeases();
    expectRoom(command);
    // Whoever was there before is gone to the source that numbers the slots: its release was lost.
    sequences.entrySet().stream()
        .filter(entry -> entry.getValue().slot() == command.slot())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::release);
    sequences.put(
        command.sequence(),
        new StageSequence(
            command.source(),
            command.slot(),
            command.sampling().map(StageRunner::newSampler),
            nanoClock.getAsLong()));
  }

  private void expectRoom(OpenSequence command) {
    Slots all = shard.spec().slots();
    if (command.slot() < 0
        || command.slot() >= all.count()
        || command.capacityTokens() > all.tokens()) {
      throw new StageException(
          FailureCode.CAPACITY,
          "expected a slot from 0 to %d and at most %d tokens on %s, found slot %d and %d tokens"
              .formatted(
                  all.count() - 1, all.tokens(), node, command.slot(), command.capacityTokens()));
    }
  }

  void release(SequenceId sequence) {
    StageSequence released = sequences.remove(sequence);
    if (released != null) {
      shard.truncate(released.slot(), 0);
    }
  }

  /** Releases every sequence that a node leads: it is gone. */
  void releaseAllOf(NodeId source) {
    sequences.entrySet().stream()
        .filter(entry -> entry.getValue().source().equals(source))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::release);
  }

  /** Computes a step and hands its results on, or tells the source why not. */
  void run(MicroBatch step) {
    try {
      if (!step.step().plan().equals(assignment.plan()) || step.stage() != assignment.stage()) {
        throw new StageException(FailureCode.STALE_PLAN, stalePlan(step.step().plan().value()));
      }
      if (step.step().number() < nextStep) {
        LOG.debug("event=step-repeated step={} stage={}", step.step(), step.stage());
        return;
      }
      nextStep = step.step().number() + 1;
      compute(step, input(step));
    } catch (StageException refused) {
      fail(step, step.sequences(), refused.code(), String.valueOf(refused.getMessage()));
    } catch (RuntimeException broken) {
      // Whatever it is, the source must hear of it: it would wait for this step.
      fail(step, step.sequences(), FailureCode.FATAL, NodeFailureException.told(node, broken));
    }
  }

  void close() {
    sequences.clear();
    shard.close();
  }

  private static Sampler newSampler(OpenSequence.Sampling sampling) {
    int[] promptIds = sampling.promptIds().stream().mapToInt(Integer::intValue).toArray();
    return new SeededSampler(sampling.parameters(), promptIds, new int[0]);
  }

  private void compute(MicroBatch step, StageInput input) {
    long start = nanoClock.getAsLong();
    List<Integer> accepted = accepted(step);
    if (accepted.isEmpty()) {
      return;
    }
    List<Span> spans = accepted.stream().map(place -> step.spans().get(place).span()).toList();
    List<StageOutput> outputs = shard.forward(spans, picked(step, accepted, input));
    List<SequenceSpan> through = new ArrayList<>();
    List<Result> results = new ArrayList<>();
    ByteBuffer states = ByteBuffer.allocate(assignment.isLast() ? 0 : rowBytes(spans));
    for (int i = 0; i < outputs.size(); i++) {
      SequenceSpan span = step.spans().get(accepted.get(i));
      try {
        take(span, outputs.get(i), states, results);
        through.add(span);
      } catch (RuntimeException broken) {
        fail(
            step,
            List.of(span.sequence()),
            FailureCode.FATAL,
            NodeFailureException.told(node, broken));
      }
    }
    StageTrace trace = new StageTrace(start, nanoClock.getAsLong());
    if (!through.isEmpty()) {
      handOn(step, through, states, results, trace);
    }
  }

  private int rowBytes(List<Span> spans) {
    return spans.stream().mapToInt(Span::rows).sum() * hiddenSize * Float.BYTES;
  }

  private void handOn(
      MicroBatch step,
      List<SequenceSpan> through,
      ByteBuffer states,
      List<Result> results,
      StageTrace trace) {
    if (assignment.isLast()) {
      List<StageTrace> traces = new ArrayList<>(step.traces());
      traces.add(trace);
      links.completed(step.source(), new StepCompleted(step.step(), results, traces));
    } else {
      links.forward(
          assignment.next().orElseThrow(), step.toNextStage(through, states.flip(), trace));
    }
  }

  private void take(
      SequenceSpan span, StageOutput output, ByteBuffer states, List<Result> results) {
    StageSequence sequence = Objects.requireNonNull(sequences.get(span.sequence()));
    sequence.used(nanoClock.getAsLong());
    if (output.orThrow() instanceof StageOutput.HiddenStates hidden) {
      states.put(hidden.values());
    } else if (output instanceof StageOutput.Logits logits) {
      Optional<SampledToken> token =
          logits.rows() > 0
              ? sequence.sampler().map(sampler -> sampler.sample(logits.values()))
              : Optional.empty();
      results.add(new Result(span.sequence(), token));
    }
  }

  /** Places of the spans that can be computed; the source hears of the others. */
  private List<Integer> accepted(MicroBatch step) {
    List<Integer> accepted = new ArrayList<>();
    for (int place = 0; place < step.spans().size(); place++) {
      SequenceSpan span = step.spans().get(place);
      try {
        expect(span);
        accepted.add(place);
      } catch (StageException refused) {
        fail(step, List.of(span.sequence()), refused.code(), String.valueOf(refused.getMessage()));
      }
    }
    return accepted;
  }

  private void expect(SequenceSpan each) {
    StageSequence sequence = sequences.get(each.sequence());
    Span span = each.span();
    if (sequence == null || sequence.slot() != span.slot()) {
      throw new StageException(
          FailureCode.STALE_PLAN,
          "expected a step of an open sequence, found one that " + node + " does not hold");
    }
    int most = assignment.workload().prefillChunkTokens();
    if (span.rows() > most) {
      throw new StageException(
          FailureCode.FATAL,
          "expected at most %d rows of a sequence in a step, found %d"
              .formatted(most, span.rows()));
    }
    int length = shard.length(span.slot());
    if (span.position() != length) {
      throw new StageException(
          FailureCode.RETRYABLE,
          "expected a step at position %d on %s, found one at position %d: one in between was lost"
              .formatted(length, node, span.position()));
    }
  }

  /** The rows of the spans that can be computed. */
  private StageInput picked(MicroBatch step, List<Integer> accepted, StageInput input) {
    if (accepted.size() == step.spans().size()) {
      return input;
    }
    int[] firstRows = new int[step.spans().size() + 1];
    for (int i = 0; i < step.spans().size(); i++) {
      firstRows[i + 1] = firstRows[i] + step.spans().get(i).span().rows();
    }
    if (input instanceof StageInput.TokenIds tokens) {
      return new StageInput.TokenIds(
          accepted.stream()
              .flatMapToInt(place -> IntStream.range(firstRows[place], firstRows[place + 1]))
              .map(row -> tokens.ids()[row])
              .toArray());
    }
    ByteBuffer values = ((StageInput.HiddenStates) input).values();
    int rowBytes = hiddenSize * Float.BYTES;
    ByteBuffer kept = ByteBuffer.allocate(values.remaining());
    for (int place : accepted) {
      int bytes = (firstRows[place + 1] - firstRows[place]) * rowBytes;
      kept.put(values.slice(firstRows[place] * rowBytes, bytes));
    }
    return new StageInput.HiddenStates(kept.flip());
  }

  private StageInput input(MicroBatch step) {
    return assignment.isFirst()
        ? new StageInput.TokenIds(step.tokenIds())
        : new StageInput.HiddenStates(step.hiddenStates(hiddenSize));
  }

  private void fail(MicroBatch step, List<SequenceId> whose, FailureCode code, String message) {
    links.failed(step.source(), new StepFailed(step.step(), whose, node, code, message));
  }

  private void expireLeases() {
    long oldest = nanoClock.getAsLong() - LEASE.toNanos();
    sequences.entrySet().stream()
        .filter(entry -> entry.getValue().lastUsedNanos() - oldest < 0)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(this::release);
  }

  private String stalePlan(long found) {
    return "expected plan %d, stage %d on %s, found a message of plan %d"
        .formatted(assignment.plan().value(), assignment.stage(), node, found);
  }
}
