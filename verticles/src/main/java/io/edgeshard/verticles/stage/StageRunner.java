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
import io.edgeshard.verticles.protocol.NodeFailureException;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.RunStage;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.stage.ShardSource.LoadedShard;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of one shard: checks, computes, samples on the last stage, hands on. Lives on the
 * shard's thread.
 *
 * <p>A step is checked against plan, stage, number and position before the KV cache is touched: one
 * that is stale is refused, one that came before is dropped, and a failed one leaves no trace.
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
  private final BitSet slots = new BitSet();
  private ByteBuffer input = ByteBuffer.allocateDirect(0);

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
    int slot = freeSlot(command.capacityTokens());
    Optional<Sampler> sampler = command.sampling().map(StageRunner::newSampler);
    slots.set(slot);
    sequences.put(
        command.sequence(),
        new StageSequence(command.source(), slot, sampler, nanoClock.getAsLong()));
  }

  private int freeSlot(int capacityTokens) {
    Slots all = shard.spec().slots();
    int slot = slots.nextClearBit(0);
    if (slot >= all.count() || capacityTokens > all.tokens()) {
      throw new StageException(
          FailureCode.CAPACITY,
          "expected at most %d sequences of %d tokens on %s, found one more of %d: try again when another has ended"
              .formatted(all.count(), all.tokens(), node, capacityTokens));
    }
    return slot;
  }

  void release(SequenceId sequence) {
    StageSequence released = sequences.remove(sequence);
    if (released != null) {
      slots.clear(released.slot());
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

  /** Computes a step and hands its result on, or tells the source why not. */
  void run(RunStage step) {
    try {
      StageSequence sequence = expect(step);
      if (step.step().number() < sequence.nextStep()) {
        LOG.debug("event=step-repeated step={} stage={}", step.step(), step.stage());
        return;
      }
      expectInOrder(step, sequence);
      compute(step, sequence);
    } catch (StageException refused) {
      fail(step, refused.code(), String.valueOf(refused.getMessage()));
    } catch (RuntimeException broken) {
      // Whatever it is, the source must hear of it: it would wait for this step.
      fail(step, FailureCode.FATAL, NodeFailureException.told(node, broken));
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

  private StageSequence expect(RunStage step) {
    if (!step.step().plan().equals(assignment.plan()) || step.stage() != assignment.stage()) {
      throw new StageException(FailureCode.STALE_PLAN, stalePlan(step.step().plan().value()));
    }
    StageSequence sequence = sequences.get(step.step().sequence());
    if (sequence == null) {
      throw new StageException(
          FailureCode.STALE_PLAN,
          "expected a step of an open sequence, found one that " + node + " does not hold");
    }
    return sequence;
  }

  private void expectInOrder(RunStage step, StageSequence sequence) {
    int most = assignment.workload().prefillChunkTokens();
    if (step.rows() > most) {
      throw new StageException(
          FailureCode.FATAL,
          "expected at most %d rows in a step, found %d".formatted(most, step.rows()));
    }
    int length = shard.length(sequence.slot());
    if (step.step().number() > sequence.nextStep() || step.position() != length) {
      throw new StageException(
          FailureCode.RETRYABLE,
          "expected step %d at position %d on %s, found step %d at position %d: one in between was lost"
              .formatted(sequence.nextStep(), length, node, step.step().number(), step.position()));
    }
  }

  private void compute(RunStage step, StageSequence sequence) {
    long start = nanoClock.getAsLong();
    int logits = assignment.isLast() && step.sample() ? 1 : 0;
    Span span = new Span(sequence.slot(), step.position(), step.rows(), logits);
    StageOutput output = shard.forward(List.of(span), input(step)).get(0);
    if (output instanceof StageOutput.Failed failed) {
      throw failed.reason();
    }
    Optional<SampledToken> token = sample(output, sequence);
    StageTrace trace = new StageTrace(start, nanoClock.getAsLong());
    sequence.stepDone(trace.endNanos());
    if (output instanceof StageOutput.HiddenStates states) {
      links.forward(assignment.next().orElseThrow(), step.toNextStage(states.values(), trace));
    } else {
      List<StageTrace> traces = new ArrayList<>(step.traces());
      traces.add(trace);
      links.completed(step.source(), new StepCompleted(step.step(), token, traces));
    }
  }

  private static Optional<SampledToken> sample(StageOutput output, StageSequence sequence) {
    return output instanceof StageOutput.Logits logits && logits.rows() > 0
        ? sequence.sampler().map(sampler -> sampler.sample(logits.values()))
        : Optional.empty();
  }

  private StageInput input(RunStage step) {
    if (assignment.isFirst()) {
      return new StageInput.TokenIds(step.tokenIds());
    }
    int bytes = Math.multiplyExact(step.rows(), hiddenSize * Float.BYTES);
    if (input.capacity() < bytes) {
      input = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    return new StageInput.HiddenStates(step.copyHiddenStates(input, hiddenSize));
  }

  private void fail(RunStage step, FailureCode code, String message) {
    links.failed(step.source(), new StepFailed(step.step(), node, code, message));
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
