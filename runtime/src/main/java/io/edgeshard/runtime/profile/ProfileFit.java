package io.edgeshard.runtime.profile;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.LayerTimes;
import io.edgeshard.planner.cluster.TimeCurve;
import io.edgeshard.planner.cluster.TimeCurve.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * What was timed as the planner's sum, step + layers x layer + embedding + head.
 *
 * <p>The layer's time is the slope of the least-squares line through decode steps of none, a few
 * and more layers, the step's is where it begins; other times are what is left of a probe without
 * these. What steps take longer after a pause is added to the step's.
 */
final class ProfileFit {
  private static final double LEAST_LAYER_MS = 1e-6;

  private final Probes probes;
  private final double headPerLayer;
  private final List<Measurement> measurements = new ArrayList<>();
  private final double layerMs;
  private final double stepMs;

  /**
   * A fit.
   *
   * @param headPerLayer weights of the head by those of a layer, which stands for the times when
   *     the head was not measured
   */
  ProfileFit(Probes probes, double headPerLayer) {
    this.probes = probes;
    this.headPerLayer = headPerLayer;
    double slope = slope(List.of(probes.step(), probes.few(), probes.more()));
    double begin =
        mean(probes.step().medianMs(), probes.few().medianMs(), probes.more().medianMs())
            - slope * mean(0, probes.few().layers(), probes.more().layers());
    // A line that falls, or begins below 0, is one through the origin that noise has bent.
    boolean sound = slope > 0 && begin >= 0;
    stepMs = sound ? begin : 0;
    layerMs =
        Math.max(LEAST_LAYER_MS, sound ? slope : probes.more().medianMs() / probes.more().layers());
  }

  private static double slope(List<Probe> line) {
    double meanLayers = line.stream().mapToInt(Probe::layers).average().orElse(0);
    double meanMs = line.stream().mapToDouble(Probe::medianMs).average().orElse(0);
    double both = 0;
    double squares = 0;
    for (Probe probe : line) {
      double distance = probe.layers() - meanLayers;
      both += distance * (probe.medianMs() - meanMs);
      squares += distance * distance;
    }
    return both / squares;
  }

  private static double mean(double a, double b, double c) {
    return (a + b + c) / 3;
  }

  MeasuredCompute fit() {
    TimeCurve step = step();
    LayerTimes decode = decode(step);
    LayerTimes prefill = prefill(decode, step);
    ComputeProfile times =
        new ComputeProfile(decode, prefill, embedding(), head(step), later(step, pauseMs()));
    return new MeasuredCompute(times, measurements);
  }

  private TimeCurve step() {
    Probe one = probes.step();
    Probe chunk = probes.chunkStep();
    double besidesMs = one.medianMs() - stepMs;
    measurements.add(one.as(Part.STEP, besidesMs));
    measurements.add(chunk.as(Part.STEP, besidesMs));
    Rising curve = new Rising(one.rows(), stepMs);
    curve.add(chunk.rows(), chunk.medianMs() - besidesMs);
    return curve.toCurve();
  }

  private static TimeCurve later(TimeCurve curve, double ms) {
    return new TimeCurve(
        curve.points().stream().map(point -> new Point(point.rows(), point.ms() + ms)).toList());
  }

  /** What a stage takes longer after a pause; nothing where there was no time to see that. */
  private double pauseMs() {
    Probe waited = probes.waited();
    return waited.isMeasured() ? Math.max(0, waited.medianMs() - probes.few().medianMs()) : 0;
  }

  private LayerTimes decode(TimeCurve step) {
    Probe more = probes.more();
    measurements.add(probes.few().as(Part.DECODE_LAYER, stepMs));
    measurements.add(more.as(Part.DECODE_LAYER, stepMs));
    double contextMs = 0;
    if (probes.far().isPresent()) {
      Probe far = probes.far().get();
      measurements.add(far.as(Part.DECODE_LAYER, stepMs));
      double addedMs = Math.max(0, far.medianMs() - more.medianMs()) / more.layers();
      // Noise must not make the near context more than half of a layer's time.
      contextMs =
          Math.min(
              addedMs / (far.contextTokens() - more.contextTokens()),
              layerMs / 2 / Math.max(1, more.contextTokens()));
    }
    double perRowMs = layerMs - contextMs * more.contextTokens();
    Rising curve = new Rising(1, perRowMs);
    for (Probe batch : probes.batches()) {
      double besidesMs = step.ms(batch.rows());
      measurements.add(batch.as(Part.DECODE_LAYER, besidesMs));
      double ms = (batch.medianMs() - besidesMs) / batch.layers();
      curve.add(batch.rows(), ms - contextMs * batch.rows() * batch.contextTokens());
    }
    if (probes.batches().isEmpty()) {
      curve.add(2, 2 * perRowMs);
    }
    return new LayerTimes(curve.toCurve(), contextMs);
  }

  private LayerTimes prefill(LayerTimes decode, TimeCurve step) {
    Rising rising = new Rising(1, decode.layer().ms(1));
    for (Probe chunk : probes.prefills()) {
      measurements.add(chunk.as(Part.PREFILL_LAYER, step.ms(chunk.rows())));
      rising.addChunk(chunk.rows(), (chunk.medianMs() - step.ms(chunk.rows())) / chunk.layers());
    }
    if (probes.prefills().isEmpty()) {
      rising.add(2, 2 * decode.layer().ms(1));
    }
    TimeCurve curve = rising.toCurve();
    double contextMs = decode.msPerRowAndContextToken();
    if (probes.farPrefill().isPresent()) {
      Probe far = probes.farPrefill().get();
      double besidesMs = step.ms(far.rows());
      measurements.add(far.as(Part.PREFILL_LAYER, besidesMs));
      double addedMs = (far.medianMs() - besidesMs) / far.layers() - curve.ms(far.rows());
      contextMs = Math.max(0, addedMs) / far.rows() / far.contextTokens();
    }
    return new LayerTimes(curve, contextMs);
  }

  private TimeCurve embedding() {
    Probe one = probes.embedding();
    Probe chunk = probes.chunkEmbedding();
    Rising curve = new Rising(one.rows(), one.medianMs() - probes.step().medianMs());
    curve.add(chunk.rows(), chunk.medianMs() - probes.chunkStep().medianMs());
    measurements.add(one.as(Part.EMBEDDING, probes.step().medianMs()));
    measurements.add(chunk.as(Part.EMBEDDING, probes.chunkStep().medianMs()));
    return curve.toCurve();
  }

  private TimeCurve head(TimeCurve step) {
    List<Probe> heads = probes.heads();
    if (heads.isEmpty()) {
      double ms = layerMs * headPerLayer;
      measurements.add(new Measurement(Part.HEAD, 1, 0, ms, ms, ms, 0));
      return TimeCurve.line(ms, ms);
    }
    heads.forEach(probe -> measurements.add(probe.as(Part.HEAD, step.ms(probe.rows()))));
    Probe one = heads.get(0);
    double oneMs = one.medianMs() - step.ms(1);
    Rising curve = new Rising(1, oneMs);
    heads.stream()
        .skip(1)
        .forEach(probe -> curve.add(probe.rows(), probe.medianMs() - step.ms(probe.rows())));
    return heads.size() > 1
        ? curve.toCurve()
        : TimeCurve.line(Math.max(0, oneMs), Math.max(0, oneMs));
  }

  /** Points of a curve that noise must not make fall. */
  private static final class Rising {
    private final List<Point> points = new ArrayList<>();

    Rising(int rows, double ms) {
      points.add(new Point(rows, Math.max(0, ms)));
    }

    void add(int rows, double ms) {
      Point last = points.get(points.size() - 1);
      if (rows > last.rows()) {
        points.add(new Point(rows, Math.max(last.ms(), ms)));
      }
    }

    /** Adds a larger chunk of a prompt, which takes no more for each row: it shares the weights. */
    void addChunk(int rows, double ms) {
      Point last = points.get(points.size() - 1);
      add(rows, Math.min(ms, last.ms() * rows / last.rows()));
    }

    TimeCurve toCurve() {
      return new TimeCurve(points);
    }
  }
}
