package io.edgeshard.verticles.profile.node;

import io.edgeshard.runtime.checkpoint.Checkpoint;
import io.edgeshard.runtime.profile.MeasuredCompute;
import io.edgeshard.runtime.profile.Measurement;
import io.edgeshard.runtime.profile.Part;
import io.edgeshard.runtime.profile.Quiet;
import io.edgeshard.runtime.profile.ShardProfiler;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/** Measures with the model files of this machine. */
public final class ModelMeasuring implements ComputeMeasuring {
  private final Function<String, Path> files;
  private final int threads;
  private final Quiet quiet;

  /**
   * Measures as shards will run.
   *
   * @param files finds the file of a content hash, or throws a {@link
   *     io.edgeshard.runtime.ModelException} that says where to put it
   * @param threads of ONNX Runtime within an operator
   * @param quiet when to measure
   */
  public ModelMeasuring(Function<String, Path> files, int threads, Quiet quiet) {
    this.files = files;
    this.threads = threads;
    this.quiet = quiet;
  }

  @Override
  public Figures measure(MeasureNode command, Duration limit) {
    try (Checkpoint checkpoint = Checkpoint.open(files.apply(command.modelSha256()))) {
      MeasuredCompute measured =
          ShardProfiler.measure(
              checkpoint,
              command.weightType(),
              threads,
              command.prefillChunkTokens(),
              limit,
              quiet);
      return new Figures(measured.times(), spread(measured));
    }
  }

  /** Of the part that the plan depends on most: a decoder layer in decode. */
  private static double spread(MeasuredCompute measured) {
    return measured.measurements().stream()
        .filter(one -> one.part() == Part.DECODE_LAYER && one.medianMs() > 0)
        .mapToDouble(ModelMeasuring::spread)
        .max()
        .orElse(0);
  }

  private static double spread(Measurement one) {
    return (one.mostMs() - one.leastMs()) / one.medianMs();
  }
}
