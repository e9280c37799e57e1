package io.edgeshard.verticles.profile.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.verticles.profile.NodeMeasurement;
import io.edgeshard.verticles.profile.NodeMeasurement.Memory;
import io.edgeshard.verticles.profile.NodeMeasurement.Processor;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeProfilerTest {
  private static final String SHA = "ab".repeat(32);
  private static final MeasureNode USUAL = new MeasureNode(SHA, WeightType.FAST, 128, false);
  @TempDir Path folder;
  private int measured;

  @Test
  void measure_again_usesWhatIsOnDisk() {
    NodeMeasurement first = profiler("a", 2).measure(USUAL);
    NodeMeasurement second = profiler("b", 2).measure(USUAL);
    assertThat(measured).isEqualTo(1);
    assertThat(second.times()).isEqualTo(first.times());
    assertThat(second.node()).isEqualTo("b");
  }

  @Test
  void measure_fresh_measuresAnewAndKeepsThat() {
    profiler("a", 2).measure(USUAL);
    NodeMeasurement fresh =
        profiler("a", 2).measure(new MeasureNode(SHA, WeightType.FAST, 128, true));
    assertThat(measured).isEqualTo(2);
    assertThat(profiler("a", 2).measure(USUAL).times()).isEqualTo(fresh.times());
  }

  @Test
  void measure_otherModelWeightsChunkOrProcessor_isMeasuredAnew() {
    profiler("a", 2).measure(USUAL);
    profiler("a", 2).measure(new MeasureNode("cd".repeat(32), WeightType.FAST, 128, false));
    profiler("a", 2).measure(new MeasureNode(SHA, WeightType.EXACT, 128, false));
    profiler("a", 2).measure(new MeasureNode(SHA, WeightType.FAST, 64, false));
    profiler("a", 0.5).measure(USUAL);
    assertThat(measured).isEqualTo(5);
  }

  @Test
  void measure_damagedFile_isMeasuredAnew() throws IOException {
    profiler("a", 2).measure(USUAL);
    try (Stream<Path> files = Files.list(folder)) {
      files.filter(file -> file.toString().endsWith(".json")).forEach(NodeProfilerTest::damage);
    }
    profiler("a", 2).measure(USUAL);
    assertThat(measured).isEqualTo(2);
  }

  @Test
  void measure_twoNodesAtOnce_takeTurns() {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ComputeMeasuring counting =
        (command, limit) -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          atOnce.decrementAndGet();
          return figures(1);
        };
    List<CompletableFuture<NodeMeasurement>> all =
        Stream.of("a", "b", "c", "d")
            .map(name -> new NodeProfiler(facts(name, 2), counting, folder))
            .map(
                profiler ->
                    CompletableFuture.supplyAsync(
                        () -> profiler.measure(new MeasureNode(SHA, WeightType.FAST, 128, true))))
            .toList();
    all.forEach(CompletableFuture::join);
    assertThat(most).hasValue(1);
  }

  private static void damage(Path file) {
    try {
      Files.writeString(file, "{\"key\":");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private NodeProfiler profiler(String name, double cores) {
    return new NodeProfiler(facts(name, cores), this::measure, folder);
  }

  private ComputeMeasuring.Figures measure(MeasureNode command, Duration limit) {
    measured++;
    return figures(measured);
  }

  static ComputeMeasuring.Figures figures(double layerMs) {
    LayerTimes layer = new LayerTimes(TimeCurve.line(layerMs, 0.1), 0.001);
    return new ComputeMeasuring.Figures(
        new ComputeProfile(layer, layer, TimeCurve.none(), TimeCurve.line(2, 1), TimeCurve.none()),
        0.1);
  }

  static NodeFacts facts(String name, double cores) {
    return new NodeFacts(
        name,
        "member",
        "machine",
        new Processor("test", cores, List.of("avx2")),
        "1",
        2,
        new Memory(1000, 1000, 1000, 0, 100),
        Optional.empty());
  }
}
