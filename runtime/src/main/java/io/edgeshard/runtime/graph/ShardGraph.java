package io.edgeshard.runtime.graph;

import io.edgeshard.runtime.graph.onnx.Weight;
import java.util.List;

/**
 * A layer range as an ONNX graph, and what its inputs and outputs are called.
 *
 * <p>Inputs: {@link #HIDDEN} {@code float32 [rows, hidden]}; {@link #LAST_POSITION} {@code int32
 * [slots]}, the length of each slot after the run less 1, and {@link #TOTAL_LENGTH} {@code int32
 * []}, the longest of them whole; {@link #PACKED_SHAPE} {@code int64 [3]}, how many slots, rows of
 * each and columns of queries, keys and values; {@link #COSINES} and {@link #SINES} {@code float32
 * [positions, rotated / 2]}; keys and values of each layer {@code float32 [slots, kvHeads,
 * capacity, headDim]}; with a head {@link #LOGIT_ROWS} {@code int64 [wanted]}. Outputs: keys and
 * values, and {@link #HIDDEN_OUT} {@code float32 [rows, hidden]} or {@link #LOGITS} {@code float32
 * [wanted, vocabulary]}.
 *
 * @param onnx the graph's bytes
 * @param weights what must be handed over beside them
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the engine once, never compared
public record ShardGraph(byte[] onnx, List<Weight> weights) {
  public static final String HIDDEN = "hidden";
  public static final String HIDDEN_OUT = "hidden_out";
  public static final String LAST_POSITION = "last_position";
  public static final String TOTAL_LENGTH = "total_length";
  public static final String PACKED_SHAPE = "packed_shape";
  public static final String COSINES = "cosines";
  public static final String SINES = "sines";
  public static final String LOGIT_ROWS = "logit_rows";
  public static final String LOGITS = "logits";

  public ShardGraph {
    weights = List.copyOf(weights);
  }

  public static String pastKeys(int layer) {
    return "past_keys." + layer;
  }

  public static String pastValues(int layer) {
    return "past_values." + layer;
  }

  public static String presentKeys(int layer) {
    return "present_keys." + layer;
  }

  public static String presentValues(int layer) {
    return "present_values." + layer;
  }
}
