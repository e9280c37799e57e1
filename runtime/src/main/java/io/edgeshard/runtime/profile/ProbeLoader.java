package io.edgeshard.runtime.profile;

import io.edgeshard.planner.model.ModelSpec;
import io.edgeshard.planner.model.WeightType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what there is time to measure, loads it and runs it warm.
 *
 * <p>Two groups of layers that together outgrow a processor's cache, so that a rotation over them
 * reads weights from memory as a long shard does; of a large model as few as three layers. What
 * would take more than its part of the time left is left out, larger chunks and contexts first.
 */
final class ProbeLoader {
  private static final long SWEEP_BYTES = 48L << 20;
  private static final int LEAST_LAYERS = 3;
  private static final int NEAR_TOKENS = 16;
  private static final List<Integer> FAR_TOKENS = List.of(512, 256, 128, 64);
  private static final int FAR_ROWS = 32;
  private static final List<Integer> CHUNKS = List.of(4, 16, 32, 128);
  private static final List<Integer> BATCHES = List.of(2, 4, 8, ProbedShard.MOST_SEQUENCES);
  private static final int WARM_RUNS = 5;
  private static final double LOAD_SHARE = 0.4;
  private static final double RUN_SHARE = 0.08;

  private final ModelSpec model;
  private final WeightType weightType;
  private final int chunkTokens;
  private final ProbedShards shards;
  private final Deadline deadline;
  private final int nearTokens;
  private double loadMsPerByte;

  ProbeLoader(
      ModelSpec model,
      WeightType weightType,
      int chunkTokens,
      ProbedShards shards,
      Deadline deadline) {
    this.model = model;
    this.weightType = weightType;
    this.chunkTokens = chunkTokens;
    this.shards = shards;
    this.deadline = deadline;
    nearTokens = Math.min(NEAR_TOKENS, model.contextLength() / 4);
  }

  /** The most rows of any step. */
  static int mostRows(int chunkTokens) {
    return Math.max(chunkTokens, FAR_ROWS);
  }

  /** The most tokens of any sequence. */
  static int mostTokens(int mostRows) {
    return FAR_TOKENS.get(0) + mostRows;
  }

  Probes load() {
    // The first shard of a process also starts the engine. The second holds no weights and so tells
    // what loading takes besides, the third how long it takes for weights.
    ProbedShard nothing = shards.layers(0, 0);
    double start = deadline.nowMs();
    ProbedShard embedding = shards.embedding();
    double emptyMs = deadline.nowMs() - start;
    int few = Math.max(1, layersInAll() / 4);
    ProbedShard fewLayers = shards.layers(0, few);
    double fewMs = deadline.nowMs() - start - emptyMs;
    loadMsPerByte = Math.max(0, fewMs - emptyMs) / (few * layerBytes());
    ProbedShard moreLayers = more(few);
    Optional<ProbedShard> head =
        isTimeToLoad(model.head().residentBytes(weightType))
            ? Optional.of(shards.head())
            : Optional.empty();
    fewLayers.prepare(1, nearTokens);
    moreLayers.prepare(1, nearTokens);
    Probe fewProbe = warm(decode(fewLayers, nearTokens));
    Probe moreProbe = warm(decode(moreLayers, nearTokens));
    List<Probe> prefills = prefills(fewLayers, fewProbe);
    double rowMs = rowMs(prefills, fewProbe) * moreLayers.layers() / few;
    Optional<Integer> far = farTokens(rowMs);
    far.ifPresent(tokens -> moreLayers.prepare(1, tokens));
    return new Probes(
        warm(plain(nothing, 1)),
        warm(plain(nothing, chunkTokens)),
        warm(plain(embedding, 1)),
        warm(plain(embedding, chunkTokens)),
        fewProbe,
        decode(fewLayers, nearTokens),
        moreProbe,
        far.map(tokens -> warm(decode(moreLayers, tokens))),
        head.map(this::heads).orElse(List.of()),
        batches(moreLayers, moreProbe, rowMs),
        prefills,
        far.filter(tokens -> chunkTokens > 1).map(tokens -> warm(farPrefill(moreLayers, tokens))));
  }

  private ProbedShard more(int few) {
    int more = Math.min(model.layerCount(), Math.max(few + 1, layersInAll() - few));
    if (!isTimeToLoad((long) (more * layerBytes()))) {
      more = few;
    }
    return shards.layers(model.layerCount() - more, model.layerCount());
  }

  private int layersInAll() {
    int sweeping = (int) Math.ceil(SWEEP_BYTES / layerBytes());
    return Math.max(LEAST_LAYERS, Math.min(sweeping, model.layerCount() / 2));
  }

  private double layerBytes() {
    return model.layers().stream()
        .mapToLong(part -> part.residentBytes(weightType))
        .average()
        .orElseThrow();
  }

  private boolean isTimeToLoad(long bytes) {
    return loadMsPerByte * bytes < LOAD_SHARE * deadline.leftMs();
  }

  private boolean isTimeToRun(double ms) {
    return ms < RUN_SHARE * deadline.leftMs();
  }

  private Probe warm(Probe probe) {
    probe.warm(deadline);
    for (int i = 1; i < WARM_RUNS && isTimeToRun(WARM_RUNS * probe.lastMs()); i++) {
      probe.warm(deadline);
    }
    return probe;
  }

  private static Probe plain(ProbedShard shard, int rows) {
    return new Probe(0, rows, 0, () -> shard.step(rows, 0));
  }

  private List<Probe> heads(ProbedShard head) {
    Probe one = warm(plain(head, 1));
    return isTimeToRun(ProbedShard.MOST_SEQUENCES * one.lastMs())
        ? List.of(one, warm(batch(head, ProbedShard.MOST_SEQUENCES, 0)))
        : List.of(one);
  }

  private static Probe batch(ProbedShard shard, int sequences, int contextTokens) {
    return new Probe(
        shard.layers(),
        sequences,
        contextTokens,
        () -> shard.decodeBatch(sequences, contextTokens));
  }

  private static Probe decode(ProbedShard shard, int contextTokens) {
    return new Probe(shard.layers(), 1, contextTokens, () -> shard.step(1, contextTokens));
  }

  private Probe farPrefill(ProbedShard shard, int contextTokens) {
    int rows = Math.min(FAR_ROWS, chunkTokens);
    return new Probe(shard.layers(), rows, contextTokens, () -> shard.step(rows, contextTokens));
  }

  private List<Probe> prefills(ProbedShard shard, Probe decode) {
    List<Probe> prefills = new ArrayList<>();
    double rowMs = decode.lastMs();
    List<Integer> sizes = new ArrayList<>(CHUNKS);
    sizes.removeIf(rows -> rows >= chunkTokens);
    sizes.add(chunkTokens);
    for (int rows : sizes) {
      if (rows > 1 && isTimeToRun(rows * rowMs)) {
        Probe probe = new Probe(shard.layers(), rows, 0, () -> shard.step(rows, 0));
        probe.warm(deadline);
        prefills.add(probe);
        rowMs = probe.lastMs() / rows;
      }
    }
    return prefills;
  }

  private static double rowMs(List<Probe> prefills, Probe decode) {
    if (prefills.isEmpty()) {
      return decode.lastMs();
    }
    Probe last = prefills.get(prefills.size() - 1);
    return last.lastMs() / last.rows();
  }

  private Optional<Integer> farTokens(double rowMs) {
    return FAR_TOKENS.stream()
        .filter(tokens -> tokens + FAR_ROWS <= model.contextLength() && tokens > nearTokens)
        .filter(tokens -> isTimeToRun(tokens * rowMs))
        .findFirst();
  }

  private List<Probe> batches(ProbedShard shard, Probe decode, double rowMs) {
    if (!isTimeToRun(ProbedShard.MOST_SEQUENCES * (decode.lastMs() + nearTokens * rowMs))) {
      return List.of();
    }
    shard.prepare(ProbedShard.MOST_SEQUENCES, nearTokens);
    return BATCHES.stream().map(rows -> warm(batch(shard, rows, nearTokens))).toList();
  }
}
