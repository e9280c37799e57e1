package io.edgeshard.verticles.stage;

import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cost.MemoryModel;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.plan.MemoryEstimate;
import io.edgeshard.runtime.ModelException;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.shard.OnnxShard;
import io.edgeshard.runtime.shard.ShardSpec;
import io.edgeshard.runtime.shard.ShardSpec.Slots;
import io.edgeshard.verticles.protocol.LoadShard;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Shards of the model files on this machine, refused when they do not fit. Lives on the shard's
 * thread; the shard before is closed when the next is loaded.
 */
public final class ModelShards implements ShardSource, AutoCloseable {
  private final Function<String, Path> files;
  private final int threads;
  private final long memoryLimitBytes;
  private Optional<Checkpoint> open = Optional.empty();

  /**
   * Shards that run with so many threads in so much memory.
   *
   * @param files finds the file of a content hash, or throws a {@link ModelException} that says
   *     where to put it
   */
  public ModelShards(Function<String, Path> files, int threads, long memoryLimitBytes) {
    this.files = files;
    this.threads = threads;
    this.memoryLimitBytes = memoryLimitBytes;
  }

  @Override
  public LoadedShard load(LoadShard command) {
    close();
    Checkpoint checkpoint = Checkpoint.open(files.apply(command.modelSha256()));
    // Kept open: the embedding stays in the mapped file.
    open = Optional.of(checkpoint);
    ModelSpec model = checkpoint.spec();
    MemoryModel memory = new MemoryModel(model, command.weightType(), command.workload());
    expectRoom(
        command,
        memory.estimate(
            MemoryOffer.of(memoryLimitBytes),
            command.layers(),
            command.isFirst(),
            command.isLast()));
    ShardSpec spec =
        new ShardSpec(
            command.layers(),
            command.isFirst(),
            command.isLast(),
            command.weightType(),
            threads,
            new Slots(command.workload().sequences(), command.workload().contextTokens()));
    return new LoadedShard(OnnxShard.load(checkpoint, spec), model.hiddenSize());
  }

  @Override
  public void close() {
    open.ifPresent(Checkpoint::close);
    open = Optional.empty();
  }

  private void expectRoom(LoadShard command, MemoryEstimate estimate) {
    if (estimate.totalBytes() > memoryLimitBytes) {
      throw new ModelException(
          "layers %s need %s, but this node may use %s: give it more with --memory or fewer layers"
              .formatted(command.layers(), estimate, MemoryEstimate.mebibytes(memoryLimitBytes)));
    }
  }
}
