package io.edgeshard.runtime.profile;

import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.runtime.NativeMemory;
import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.shard.OnnxShard;
import io.edgeshard.runtime.shard.ShardSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Loads the shards that are timed and closes them all. */
final class ProbedShards implements AutoCloseable {
  private final Checkpoint checkpoint;
  private final WeightType weightType;
  private final int threads;
  private final int mostRows;
  private final NativeMemory hidden;
  private final Runnable giveWay;
  private final List<ProbedShard> opened = new ArrayList<>();

  /**
   * None yet.
   *
   * @param giveWay called before each part of what is done untimed
   */
  ProbedShards(
      Checkpoint checkpoint, WeightType weightType, int threads, int mostRows, Runnable giveWay) {
    this.giveWay = giveWay;
    this.checkpoint = checkpoint;
    this.weightType = weightType;
    this.threads = threads;
    this.mostRows = mostRows;
    hidden = NativeMemory.allocate((long) mostRows * checkpoint.spec().hiddenSize() * Float.BYTES);
    Random random = new Random(1);
    for (int at = 0; at < hidden.bytes(); at += Float.BYTES) {
      hidden.buffer().putFloat(at, (float) random.nextGaussian());
    }
  }

  /** Loads decoder layers alone. */
  ProbedShard layers(int start, int end) {
    return load(new LayerRange(start, end), false, false);
  }

  /** Loads the embedding alone. */
  ProbedShard embedding() {
    return load(new LayerRange(0, 0), true, false);
  }

  /** Loads final norm and output head alone. */
  ProbedShard head() {
    int end = checkpoint.spec().layerCount();
    return load(new LayerRange(end, end), false, true);
  }

  private ProbedShard load(LayerRange layers, boolean embedding, boolean head) {
    giveWay.run();
    ModelSpec model = checkpoint.spec();
    ShardSpec spec =
        new ShardSpec(
            layers,
            embedding,
            head,
            weightType,
            threads,
            ProbedShard.slots(ProbeLoader.mostTokens(mostRows)));
    ProbedShard shard = new ProbedShard(OnnxShard.load(checkpoint, spec), model, hidden, giveWay);
    opened.add(shard);
    return shard;
  }

  @Override
  public void close() {
    try (hidden) {
      closeAll(opened.iterator());
    }
  }

  private static void closeAll(Iterator<ProbedShard> rest) {
    if (rest.hasNext()) {
      ProbedShard next = rest.next();
      try (next) {
        closeAll(rest);
      }
    }
  }
}
