package io.edgeshard.verticles.protocol.wire;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.SequenceSpan;

/** The fields of {@link MicroBatch}. */
final class MicroBatchFields {
  private MicroBatchFields() {}

  static void write(WireWriter out, MicroBatch batch) {
    out.step(batch.step()).text(batch.source().value()).i32(batch.stage());
    out.list(
        batch.spans(),
        each -> {
          Span span = each.span();
          out.sequence(each.sequence()).i32(span.slot()).i32(span.position());
          out.i32(span.rows()).i32(span.logits());
        });
    out.flag(batch.elementType() == MicroBatch.ElementType.FLOAT32);
    out.i32(batch.fragment()).i32(batch.fragmentCount());
    StepCompletedFields.writeTraces(out, batch.traces());
    out.bytes(batch.payload());
  }

  static MicroBatch read(WireReader in) {
    return new MicroBatch(
        in.step(),
        new NodeId(in.text()),
        in.i32(),
        in.list(
            () ->
                new SequenceSpan(in.sequence(), new Span(in.i32(), in.i32(), in.i32(), in.i32()))),
        in.flag() ? MicroBatch.ElementType.FLOAT32 : MicroBatch.ElementType.INT32,
        in.i32(),
        in.i32(),
        StepCompletedFields.readTraces(in),
        in.bytes());
  }
}
