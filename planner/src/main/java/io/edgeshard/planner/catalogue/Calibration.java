package io.edgeshard.planner.catalogue;

import java.util.List;

/**
 * A number of the catalogue that is fitted or assumed, because no data sheet gives it: all of them
 * are here.
 *
 * @param name what it says, in a few words
 * @param value a part of 1
 * @param origin where it is from, and whether it was fitted or assumed
 */
public record Calibration(String name, double value, String origin) {
  /** Of its bandwidth, what the AGX Orin reaches. */
  public static final Calibration AGX_ORIN_BANDWIDTH =
      new Calibration(
          "memory bandwidth reached by the Jetson AGX Orin",
          0.919,
          "fitted: Edge-Solo of Llama2-7B takes 140.34 ms (paper, table IV)");

  /** Of its peak, what a device's arithmetic reaches on further rows of a batch. */
  public static final Calibration COMPUTE =
      new Calibration(
          "peak arithmetic reached on further rows",
          0.5,
          "fitted: Edge-Solo of Llama2-7B gives 24.36 tokens/s with 4 sequences (paper, table IV);"
              + " assumed for every other device");

  /** Of its bandwidth, what a graphics card reaches. */
  public static final Calibration CARD_BANDWIDTH =
      new Calibration(
          "memory bandwidth reached by graphics cards",
          0.90,
          "assumed: what copies and matrix-vector products usually reach");

  /** Of its bandwidth, what the smaller Jetsons reach. */
  public static final Calibration SMALL_JETSON_BANDWIDTH =
      new Calibration(
          "memory bandwidth reached by the Jetson Orin NX and Nano",
          0.80,
          "assumed: half the AGX Orin's memory channels, the same caches");

  /** Of its bandwidth, what Apple's chips reach. */
  public static final Calibration APPLE_BANDWIDTH =
      new Calibration(
          "memory bandwidth reached by Apple's chips",
          0.85,
          "assumed: what matrix-vector products on their graphics cores usually reach");

  /** Of its bandwidth, what the cores of a computer reach. */
  public static final Calibration CORES_BANDWIDTH =
      new Calibration(
          "memory bandwidth reached by computers without a graphics card",
          0.70,
          "assumed: what streaming reads from all cores usually reach");

  /** Of its memory, what a computer can give to a model. */
  public static final Calibration USABLE_MEMORY =
      new Calibration(
          "memory that a computer can give to a model",
          0.75,
          "assumed for computers and Apple's chips: the rest is the system's and its programs'");

  public Calibration {
    if (!(value > 0) || value > 1) {
      throw new IllegalArgumentException(
          "expected a part above 0 and at most 1 as %s, found %s".formatted(name, value));
    }
  }

  /** All of them. */
  public static List<Calibration> all() {
    return List.of(
        AGX_ORIN_BANDWIDTH,
        COMPUTE,
        CARD_BANDWIDTH,
        SMALL_JETSON_BANDWIDTH,
        APPLE_BANDWIDTH,
        CORES_BANDWIDTH,
        USABLE_MEMORY);
  }
}
