package io.edgeshard.verticles.profile;

import io.edgeshard.planner.cluster.ComputeProfile;
import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node measured of itself, as it stands in the map {@code edgeshard.profiles} under the
 * node's name.
 *
 * @param node its name
 * @param memberId the cluster's id for its process; a restarted one has another
 * @param machine what it runs on: nodes of one machine share its cores and memory
 * @param processor what computes
 * @param model which model was run, and how
 * @param memory what it offers
 * @param times how fast it runs the model's parts
 * @param spread how far the repetitions of a measurement lay apart, as a part of their median, 0 or
 *     more
 * @param served how many times as long its stages took lately as these times say; 1 before anything
 *     was served, and from nodes of an earlier release, which do not say it (0)
 * @param watts what it draws; null where nobody said
 */
public record NodeMeasurement(
    String node,
    String memberId,
    String machine,
    Processor processor,
    Model model,
    Memory memory,
    ComputeProfile times,
    double spread,
    double served,
    @Nullable PowerDraw watts) {
  /**
   * Of so many layers more or less nothing is known: a short stage says little about a long one.
   */
  private static final int DOUBTED_LAYERS = 10;

  private static final double MOST_SERVED = 4;

  public NodeMeasurement {
    expectPresent(node, memberId, machine, processor, model, memory, times);
    NodeId id = new NodeId(node);
    if (machine.isBlank() || !(spread >= 0) || Double.isInfinite(spread)) {
      throw new IllegalArgumentException(
          "expected the machine of %s and a finite spread of 0 or more, found '%s' and %s"
              .formatted(id, machine, spread));
    }
    served = served == 0 ? 1 : served;
    if (!(served > 0) || Double.isInfinite(served)) {
      throw new IllegalArgumentException(
          "expected %s to have served at a finite rate above 0, found %s".formatted(id, served));
    }
  }

  /**
   * What computes.
   *
   * @param model as the system names it
   * @param cores that the process may use at once, above 0; no whole number under a container's
   *     limits
   * @param instructionSet of the extensions that make inference faster, those that it has
   */
  public record Processor(String model, double cores, List<String> instructionSet) {
    public Processor {
      expectPresent(model, instructionSet);
      instructionSet = List.copyOf(instructionSet);
      if (!(cores > 0) || Double.isInfinite(cores)) {
        throw new IllegalArgumentException(
            "expected a processor of more than 0 cores, found " + cores);
      }
    }
  }

  /**
   * Which model was run, and how.
   *
   * @param sha256 content hash of its file, hexadecimal
   * @param weights label of the weight type
   * @param engineVersion of ONNX Runtime
   * @param threads that computed
   */
  public record Model(String sha256, String weights, String engineVersion, int threads) {
    public Model {
      expectPresent(sha256, weights, engineVersion);
      if (threads <= 0) {
        throw new IllegalArgumentException("expected 1 thread or more, found " + threads);
      }
    }

    /** Whether it is this model, run this way. */
    public boolean is(String otherSha256, WeightType type) {
      return sha256.equals(otherSha256) && weights.equals(type.label());
    }
  }

  /**
   * What memory a node offers, in bytes.
   *
   * @param machineBytes what the machine, or the container the node runs in, has
   * @param freeBytes of it what was free when the node started
   * @param usableBytes of that what the node may use: all, or the user's cap
   * @param headroomBytes of that what is to be left free
   * @param processBytes of that what the process takes without a model
   */
  public record Memory(
      long machineBytes, long freeBytes, long usableBytes, long headroomBytes, long processBytes) {
    public Memory {
      if (usableBytes > machineBytes || freeBytes > machineBytes || freeBytes < 0) {
        throw new IllegalArgumentException(
            "expected memory within the %d bytes that the machine has, found %d free and %d to be used"
                .formatted(machineBytes, freeBytes, usableBytes));
      }
      // Checks the rest.
      new MemoryOffer(usableBytes, headroomBytes, processBytes);
    }

    /** The offer for the planner. */
    public MemoryOffer offer() {
      return new MemoryOffer(usableBytes, headroomBytes, processBytes);
    }
  }

  /** The node's name as an id. */
  public NodeId id() {
    return new NodeId(node);
  }

  /** How fast it runs the model's parts, by what it measured and by what it served lately. */
  public ComputeProfile servedTimes() {
    return times.times(served);
  }

  /**
   * The same node, after traffic has shown what a decode step of one sequence takes in a stage: it
   * counts {@code part} of the way as fast as was seen.
   */
  public NodeMeasurement seen(RefineStage stage, double part) {
    int context = stage.contextTokens();
    double doubtedMs = DOUBTED_LAYERS * times.decode().ms(1, context);
    double expectedMs =
        times.decodeStageMs(stage.layers(), stage.hasEmbedding(), stage.hasHead(), 1, context);
    double ratio = (stage.ms() + doubtedMs) / (expectedMs + doubtedMs);
    return withServed(served + part * (bounded(ratio) - served));
  }

  /**
   * This measurement in the place of an earlier one: until traffic shows something else the node
   * counts as fast as it served before.
   */
  public NodeMeasurement after(NodeMeasurement earlier) {
    return withServed(bounded(earlier.servedTimes().decode().ms(1, 0) / times.decode().ms(1, 0)));
  }

  private static double bounded(double ratio) {
    return Math.max(1 / MOST_SERVED, Math.min(MOST_SERVED, ratio));
  }

  private NodeMeasurement withServed(double rate) {
    return new NodeMeasurement(
        node, memberId, machine, processor, model, memory, times, spread, rate, watts);
  }

  /** What it draws, where that is known. */
  public Optional<PowerDraw> power() {
    return Optional.ofNullable(watts);
  }

  static void expectPresent(@Nullable Object... parts) {
    for (Object part : parts) {
      if (part == null) {
        throw new IllegalArgumentException("expected a whole measurement, found a part missing");
      }
    }
  }
}
