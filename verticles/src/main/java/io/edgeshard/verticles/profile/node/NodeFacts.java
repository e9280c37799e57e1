package io.edgeshard.verticles.profile.node;

import io.edgeshard.planner.cluster.MemoryOffer;
import io.edgeshard.planner.cluster.PowerDraw;
import io.edgeshard.runtime.session.EngineVersion;
import io.edgeshard.verticles.config.NodeConfig;
import io.edgeshard.verticles.machine.HostMemory;
import io.edgeshard.verticles.profile.NodeMeasurement.Memory;
import io.edgeshard.verticles.profile.NodeMeasurement.Processor;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node knows of itself without measuring.
 *
 * @param node its name
 * @param memberId the cluster's id for its process
 * @param machine what it runs on
 * @param processor what computes
 * @param engineVersion of ONNX Runtime
 * @param threads that compute
 * @param memory what it offers
 * @param power what it draws, where the user said so
 */
public record NodeFacts(
    String node,
    String memberId,
    String machine,
    Processor processor,
    String engineVersion,
    int threads,
    Memory memory,
    Optional<PowerDraw> power) {
  /** The facts of a node that starts now; reads files. */
  public static NodeFacts of(NodeConfig config, String memberId, HostMemory memory) {
    return new NodeFacts(
        config.node().value(),
        memberId,
        config.shard().machine(),
        thisProcessor(),
        EngineVersion.current(),
        config.shard().threads(),
        offer(memory, config.shard().memoryLimitBytes()),
        config.shard().power());
  }

  /** What it may use for a shard, head-room left out. */
  public long memoryLimitBytes() {
    return memory.usableBytes() - memory.headroomBytes();
  }

  /** All that is free less head-room, or what the user allows; never more than there is. */
  private static Memory offer(HostMemory memory, OptionalLong cap) {
    long usable = Math.max(1, cap.orElse(memory.freeBytes()));
    return new Memory(
        memory.totalBytes(),
        memory.freeBytes(),
        Math.min(usable, memory.totalBytes()),
        cap.isPresent() ? 0 : memory.headroomBytes(),
        MemoryOffer.PROCESS_BYTES);
  }

  private static Processor thisProcessor() {
    var processor = io.edgeshard.runtime.profile.Processor.current();
    return new Processor(processor.model(), processor.cores(), processor.instructionSet());
  }
}
