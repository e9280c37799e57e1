package io.edgeshard.verticles.protocol;

import io.edgeshard.planner.cluster.NodeId;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compute one step of one sequence, or a fragment of what is needed for it: rows at consecutive
 * positions enter a stage.
 *
 * @param step which step
 * @param source the node that leads the sequence and hears what becomes of the step
 * @param stage the stage that computes it, counted from 0
 * @param position of the first row in the sequence
 * @param rows tokens in the whole step
 * @param sample whether a token is to be sampled after the last row
 * @param elementType what the payload holds
 * @param fragment which part of the payload this is, counted from 0
 * @param fragmentCount how many parts there are
 * @param traces what the stages before this one took, in order
 * @param payload {@code int32 [rows]} token ids or {@code float32 [rows, hidden]}, little-endian;
 *     of it the bytes of this fragment
 */
public record RunStage(
    StepId step,
    NodeId source,
    int stage,
    int position,
    int rows,
    boolean sample,
    ElementType elementType,
    int fragment,
    int fragmentCount,
    List<StageTrace> traces,
    Buffer payload)
    implements ProtocolMessage {
  static final int MAX_FRAGMENTS = 1024;

  public RunStage {
    traces = List.copyOf(traces);
    boolean inRange =
        rows >= 1
            && position >= 0
            && fragment >= 0
            && fragment < fragmentCount
            && fragmentCount <= MAX_FRAGMENTS;
    if (!inRange) {
      throw new IllegalArgumentException(
          "expected rows, position and fragment in range, found %d rows at %d, fragment %d of %d"
              .formatted(rows, position, fragment, fragmentCount));
    }
  }

  /** A whole step of token ids for the first stage. */
  public static RunStage ofTokens(
      StepId step, NodeId source, int position, int[] tokenIds, boolean sample) {
    Buffer payload = Buffer.buffer(tokenIds.length * Integer.BYTES);
    for (int id : tokenIds) {
      payload.appendIntLE(id);
    }
    return new RunStage(
        step,
        source,
        0,
        position,
        tokenIds.length,
        sample,
        ElementType.INT32,
        0,
        1,
        List.of(),
        payload);
  }

  /**
   * The same step for the next stage.
   *
   * @param hiddenStates {@code float32 [rows, hidden]}, little-endian; copied
   * @param trace what this stage took
   */
  public RunStage toNextStage(ByteBuffer hiddenStates, StageTrace trace) {
    byte[] bytes = new byte[hiddenStates.remaining()];
    hiddenStates.duplicate().get(bytes);
    List<StageTrace> extended = new ArrayList<>(traces);
    extended.add(trace);
    return new RunStage(
        step,
        source,
        stage + 1,
        position,
        rows,
        sample,
        ElementType.FLOAT32,
        0,
        1,
        extended,
        Buffer.buffer(bytes));
  }

  /** The payload as token ids {@code int32 [rows]}. */
  public int[] tokenIds() {
    expectPayload(ElementType.INT32, (long) rows * Integer.BYTES);
    return IntStream.range(0, rows).map(i -> payload.getIntLE(i * Integer.BYTES)).toArray();
  }

  /**
   * Copies the payload, hidden states {@code float32 [rows, hidden]}, to the start of a buffer.
   *
   * @return the buffer from 0 to the end of the values
   */
  public ByteBuffer copyHiddenStates(ByteBuffer target, int hiddenSize) {
    expectPayload(ElementType.FLOAT32, (long) rows * hiddenSize * Float.BYTES);
    return target.clear().put(payload.getBytes()).flip();
  }

  private void expectPayload(ElementType type, long length) {
    if (elementType != type || payload.length() != length) {
      throw new StepSizeException(
          "expected %d bytes of %s for %d rows, found %d of %s"
              .formatted(length, type, rows, payload.length(), elementType));
    }
  }

  /** The same step with another part of its payload. */
  RunStage withFragment(int index, int count, Buffer part) {
    return new RunStage(
        step, source, stage, position, rows, sample, elementType, index, count, traces, part);
  }

  /** What a payload holds. */
  public enum ElementType {
    /** Token ids. */
    INT32,
    /** Hidden states, exact. */
    FLOAT32
  }
}
