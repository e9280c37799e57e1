package io.edgeshard.planner.goal;

/**
 * What a message between stages weighs.
 *
 * @param bytesPerValue of a value of the hidden states
 * @param envelopeBytes of a message besides its values
 */
public record WireFormat(int bytesPerValue, int envelopeBytes) {
  /** Hidden states in float32, as they travel on the event bus. */
  public static final WireFormat FLOAT32 = new WireFormat(Float.BYTES, 200);

  public WireFormat {
    if (bytesPerValue <= 0 || envelopeBytes < 0) {
      throw new IllegalArgumentException(
          "expected values of 1 byte or more and an envelope of 0 or more, found %d and %d"
              .formatted(bytesPerValue, envelopeBytes));
    }
  }

  /** Bytes of hidden states {@code [rows, hidden]}. */
  public long hiddenStatesBytes(int rows, int hiddenSize) {
    return envelopeBytes + (long) rows * hiddenSize * bytesPerValue;
  }

  /** Bytes of the token ids of {@code rows} sequences on their way back. */
  public long tokensBytes(int rows) {
    return envelopeBytes + (long) rows * Integer.BYTES;
  }
}
