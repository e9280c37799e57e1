package io.edgeshard.verticles.protocol.wire;

import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.runtime.sampling.SampledToken.Alternative;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.verticles.protocol.StepCompleted;
import java.util.List;
import java.util.Optional;

/** The fields of {@link StepCompleted}, and the stage traces that steps carry on their way. */
final class StepCompletedFields {
  private StepCompletedFields() {}

  static void write(WireWriter out, StepCompleted completed) {
    out.step(completed.step()).flag(completed.token().isPresent());
    completed
        .token()
        .ifPresent(
            token -> {
              out.i32(token.id()).f32(token.logProbability());
              out.list(token.top(), top -> out.i32(top.id()).f32(top.logProbability()));
            });
    writeTraces(out, completed.traces());
  }

  static StepCompleted read(WireReader in) {
    return new StepCompleted(
        in.step(),
        in.flag()
            ? Optional.of(
                new SampledToken(
                    in.i32(), in.f32(), in.list(() -> new Alternative(in.i32(), in.f32()))))
            : Optional.empty(),
        readTraces(in));
  }

  static void writeTraces(WireWriter out, List<StageTrace> traces) {
    out.list(traces, trace -> out.i64(trace.startNanos()).i64(trace.endNanos()));
  }

  static List<StageTrace> readTraces(WireReader in) {
    return in.list(() -> new StageTrace(in.i64(), in.i64()));
  }
}
