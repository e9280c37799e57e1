package io.edgeshard.verticles.protocol.wire;

import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.runtime.sampling.SampledToken.Alternative;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepCompleted.Result;
import java.util.List;
import java.util.Optional;

/** The fields of {@link StepCompleted}, and the stage traces that steps carry on their way. */
final class StepCompletedFields {
  private StepCompletedFields() {}

  static void write(WireWriter out, StepCompleted completed) {
    out.step(completed.step());
    out.list(completed.results(), result -> write(out, result));
    writeTraces(out, completed.traces());
  }

  private static void write(WireWriter out, Result result) {
    out.sequence(result.sequence()).flag(result.token().isPresent());
    result
        .token()
        .ifPresent(
            token -> {
              out.i32(token.id()).f32(token.logProbability());
              out.list(token.top(), top -> out.i32(top.id()).f32(top.logProbability()));
            });
  }

  static StepCompleted read(WireReader in) {
    return new StepCompleted(in.step(), in.list(() -> readResult(in)), readTraces(in));
  }

  private static Result readResult(WireReader in) {
    return new Result(
        in.sequence(),
        in.flag()
            ? Optional.of(
                new SampledToken(
                    in.i32(), in.f32(), in.list(() -> new Alternative(in.i32(), in.f32()))))
            : Optional.empty());
  }

  static void writeTraces(WireWriter out, List<StageTrace> traces) {
    out.list(traces, trace -> out.i64(trace.startNanos()).i64(trace.endNanos()));
  }

  static List<StageTrace> readTraces(WireReader in) {
    return in.list(() -> new StageTrace(in.i64(), in.i64()));
  }
}
