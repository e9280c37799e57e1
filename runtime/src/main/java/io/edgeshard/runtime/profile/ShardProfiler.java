package io.edgeshard.runtime.profile;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Measures how fast this machine computes the parts of a model.
 *
 * <p>All that is timed is run in turn, round after round, so that a machine that grows slower or
 * busier does so for every part alike, and each step finds its weights where a long shard would: in
 * memory, swept out of the caches by the steps of the others. A round is long enough to see a
 * processor stopped by its quota several times; what it counts is the mean of its runs, and what
 * the profile says is the median of the rounds. A stage is slower after a pause, whatever its
 * layers: so much is added to what every step takes.
 */
public final class ShardProfiler {
  private static final int MOST_ROUNDS = 9;

  /** About as long as a stage waits for its next step while others compute. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  private final LongSupplier nanoClock;
  private final Consumer<Duration> pause;
  private final Quiet quiet;

  /** By a clock, with a way to do nothing for a while. */
  ShardProfiler(LongSupplier nanoClock, Consumer<Duration> pause, Quiet quiet) {
    this.nanoClock = nanoClock;
    this.pause = pause;
    this.quiet = quiet;
  }

  /**
   * Measures on this machine, on the caller's thread; ends within about limit, with what it has by
   * then if that is enough. It goes by single steps and gives way before each: the time in which
   * something else is to be done does not count.
   *
   * @param checkpoint of the model; stays open
   * @param weightType how its weights will be run
   * @param threads of ONNX Runtime within an operator
   * @param prefillChunkTokens the most tokens of a step
   * @param quiet when to measure
   * @throws ModelException when the model cannot be run here, or not within the limit
   */
  public static MeasuredCompute measure(
      Checkpoint checkpoint,
      WeightType weightType,
      int threads,
      int prefillChunkTokens,
      Duration limit,
      Quiet quiet) {
    return new ShardProfiler(
            System::nanoTime, length -> LockSupport.parkNanos(length.toNanos()), quiet)
        .run(checkpoint, weightType, threads, prefillChunkTokens, limit);
  }

  MeasuredCompute run(
      Checkpoint checkpoint,
      WeightType weightType,
      int threads,
      int prefillChunkTokens,
      Duration limit) {
    ModelSpec model = checkpoint.spec();
    int chunkTokens = Math.min(prefillChunkTokens, model.contextLength());
    Deadline deadline = new Deadline(nanoClock, limit, quiet);
    try (ProbedShards shards =
        new ProbedShards(
            checkpoint,
            weightType,
            threads,
            ProbeLoader.mostRows(chunkTokens),
            deadline::awaitQuiet)) {
      Probes probes = new ProbeLoader(model, weightType, chunkTokens, shards, deadline).load();
      runRounds(probes, deadline);
      if (!probes.rotation().stream().allMatch(Probe::isMeasured)) {
        throw new ModelException(
            "expected to measure this node's speed within %s, found too little time to load and run a few layers: allow more"
                .formatted(limit));
      }
      return new ProfileFit(probes.measured(), headPerLayer(model, weightType)).fit();
    }
  }

  private static double headPerLayer(ModelSpec model, WeightType weightType) {
    return (double) model.head().residentBytes(weightType)
        / model.layers().get(0).residentBytes(weightType);
  }

  private void runRounds(Probes probes, Deadline deadline) {
    List<Probe> heavy = probes.heavy();
    List<Probe> rotation = probes.rotation();
    for (int round = 0; round < MOST_ROUNDS && deadline.leftMs() > 0; round++) {
      for (int i = 0; i <= heavy.size() && deadline.leftMs() > 0; i++) {
        rotation.forEach(probe -> runInTime(probe, deadline));
        if (i < heavy.size()) {
          runInTime(heavy.get(i), deadline);
        }
      }
      runAfterPause(probes.few(), probes.waited(), deadline);
      rotation.forEach(Probe::endRound);
      heavy.forEach(Probe::endRound);
    }
  }

  private void runAfterPause(Probe few, Probe waited, Deadline deadline) {
    if (few.lastMs() + PAUSE.toMillis() < deadline.leftMs()) {
      pause.accept(PAUSE);
      waited.run(deadline);
    }
    waited.endRound();
  }

  private static void runInTime(Probe probe, Deadline deadline) {
    if (probe.lastMs() < deadline.leftMs()) {
      probe.run(deadline);
    }
  }
}
