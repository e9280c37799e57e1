package io.edgeshard.verticles.protocol.wire;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.verticles.protocol.OpenSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of {@link OpenSequence}. */
final class OpenSequenceFields {
  private OpenSequenceFields() {}

  static void write(WireWriter out, OpenSequence open) {
    out.i64(open.plan().value())
        .sequence(open.sequence())
        .i32(open.slot())
        .text(open.source().value());
    out.i32(open.capacityTokens()).flag(open.sampling().isPresent());
    open.sampling()
        .ifPresent(
            sampling -> {
              write(out, sampling.parameters());
              out.list(sampling.promptIds(), out::i32);
              out.i32(sampling.parameters().repetitionWindow());
            });
  }

  static OpenSequence read(WireReader in) {
    return new OpenSequence(
        new PlanId(in.i64()),
        in.sequence(),
        in.i32(),
        new NodeId(in.text()),
        in.i32(),
        in.flag() ? Optional.of(readSampling(in)) : Optional.empty());
  }

  private static OpenSequence.Sampling readSampling(WireReader in) {
    SamplingParameters parameters = readParameters(in);
    List<Integer> promptIds = in.list(in::i32);
    return new OpenSequence.Sampling(
        in.atEnd() ? parameters : parameters.withRepetitionWindow(in.i32()), promptIds);
  }

  private static void write(WireWriter out, SamplingParameters sampling) {
    out.f64(sampling.temperature()).i32(sampling.topK()).f64(sampling.topP());
    out.f64(sampling.minP()).f64(sampling.repetitionPenalty());
    out.f64(sampling.frequencyPenalty()).f64(sampling.presencePenalty());
    out.list(
        List.copyOf(sampling.logitBias().entrySet()),
        bias -> out.i32(bias.getKey()).f32(bias.getValue()));
    out.i64(sampling.seed()).i32(sampling.topLogProbabilities());
  }

  private static SamplingParameters readParameters(WireReader in) {
    return new SamplingParameters(
        in.f64(),
        in.i32(),
        in.f64(),
        in.f64(),
        in.f64(),
        0,
        in.f64(),
        in.f64(),
        biases(in),
        in.i64(),
        in.i32());
  }

  private static Map<Integer, Float> biases(WireReader in) {
    Map<Integer, Float> biases = new HashMap<>();
    in.list(() -> biases.put(in.i32(), in.f32()));
    return biases;
  }
}
