package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compute one step of some sequences, or a fragment of what is needed for it: the rows of its spans
 * enter a stage.
 *
 * @param step which step
 * @param source the node that leads the sequences and hears what becomes of the step
 * @param stage the stage that computes it, counted from 0
 * @param spans whose rows, at least one
 * @param elementType what the payload holds
 * @param fragment which part of the payload this is, counted from 0
 * @param fragmentCount how many parts there are
 * @param traces what the stages before this one took, in order
 * @param payload {@code int32 [rows]} token ids or {@code float32 [rows, hidden]}, little-endian;
 *     of it the bytes of this fragment
 */
public record MicroBatch(
    StepId step,
    NodeId source,
    int stage,
    List<SequenceSpan> spans,
    ElementType elementType,
    int fragment,
    int fragmentCount,
    List<StageTrace> traces,
    Buffer payload)
    implements ProtocolMessage {
  static final int MAX_FRAGMENTS = 1024;

  public MicroBatch {
    spans = List.copyOf(spans);
    traces = List.copyOf(traces);
    boolean inRange =
        !spans.isEmpty()
            && fragment >= 0
            && fragment < fragmentCount
            && fragmentCount <= MAX_FRAGMENTS;
    if (!inRange) {
      throw new IllegalArgumentException(
          "expected spans and a fragment in range, found %d spans, fragment %d of %d"
              .formatted(spans.size(), fragment, fragmentCount));
    }
  }

  /** A whole step of token ids for the first stage. */
  public static MicroBatch ofTokens(
      StepId step, NodeId source, List<SequenceSpan> spans, int... tokenIds) {
    Buffer payload = Buffer.buffer(tokenIds.length * Integer.BYTES);
    for (int id : tokenIds) {
      payload.appendIntLE(id);
    }
    return new MicroBatch(step, source, 0, spans, ElementType.INT32, 0, 1, List.of(), payload);
  }

  /**
   * The same step for the next stage.
   *
   * @param survivors those of its spans that came through this stage
   * @param hiddenStates {@code float32 [rows, hidden]} of these, little-endian
   * @param trace what this stage took
   */
  public MicroBatch toNextStage(
      List<SequenceSpan> survivors, ByteBuffer hiddenStates, StageTrace trace) {
    byte[] bytes = new byte[hiddenStates.remaining()];
    hiddenStates.get(bytes);
    List<StageTrace> extended = new ArrayList<>(traces);
    extended.add(trace);
    return new MicroBatch(
        step,
        source,
        stage + 1,
        survivors,
        ElementType.FLOAT32,
        0,
        1,
        extended,
        Buffer.buffer(bytes));
  }

  /** Tokens of all spans. */
  public int rows() {
    return spans.stream().mapToInt(each -> each.span().rows()).sum();
  }

  /** Whose spans it has. */
  public List<SequenceId> sequences() {
    return spans.stream().map(SequenceSpan::sequence).toList();
  }

  /** The payload as token ids {@code int32 [rows]}. */
  public int[] tokenIds() {
    expectPayload(ElementType.INT32, Integer.BYTES);
    return IntStream.range(0, rows()).map(i -> payload.getIntLE(i * Integer.BYTES)).toArray();
  }

  /** The payload as hidden states {@code float32 [rows, hidden]}, little-endian; a copy. */
  public ByteBuffer hiddenStates(int hiddenSize) {
    expectPayload(ElementType.FLOAT32, hiddenSize * Float.BYTES);
    return ByteBuffer.wrap(payload.getBytes());
  }

  private void expectPayload(ElementType type, int rowBytes) {
    int rows = rows();
    long length = (long) rows * rowBytes;
    if (elementType != type || payload.length() != length) {
      throw new StepSizeException(
          "expected %d bytes of %s for %d rows, found %d of %s"
              .formatted(length, type, rows, payload.length(), elementType));
    }
  }

  /** The same step with another part of its payload. */
  MicroBatch withFragment(int index, int count, Buffer part) {
    return new MicroBatch(step, source, stage, spans, elementType, index, count, traces, part);
  }

  /** What a payload holds. */
  public enum ElementType {
    /** Token ids. */
    INT32,
    /** Hidden states, exact. */
    FLOAT32
  }
}
