package io.edgeshard.verticles.protocol.wire;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProfileMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.NodeLeaving;
import io.edgeshard.verticles.protocol.ProtocolMessage.Probe;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.SequenceOpened;
import io.edgeshard.verticles.protocol.ProtocolMessage.ShardLoaded;
import io.edgeshard.verticles.protocol.ProtocolMessage.Unreadable;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.Optional;

/**
 * The bytes of every {@link ProtocolMessage}.
 *
 * <pre>
 *  length     i32   of all that follows
 *  version    u8    of the protocol, {@value #VERSION}
 *  type       u8    see the constants below
 *  fields           in the order of the record's components
 * </pre>
 *
 * Version 5 has steps of many sequences, which versions up to 3 do not know; 4 was left out so that
 * they are no neighbours.
 *
 * <p>Numbers are big-endian, texts and payloads are preceded by their length ({@code i32}), lists
 * by their count ({@code i32}), an optional by a flag ({@code u8}). Payloads are raw little-endian.
 * A later version only appends fields and types; what an earlier one does not know at the end it
 * leaves unread, so neighbouring versions talk. What cannot be read becomes {@link Unreadable}: a
 * codec that throws would cost the connection.
 */
public final class ProtocolCodec implements MessageCodec<ProtocolMessage, ProtocolMessage> {
  /** This protocol's number. */
  public static final int VERSION = 5;

  private static final int LOAD_SHARD = 1;
  private static final int SHARD_LOADED = 2;
  private static final int OPEN_SEQUENCE = 3;
  private static final int SEQUENCE_OPENED = 4;
  private static final int MICRO_BATCH = 5;
  private static final int STEP_COMPLETED = 6;
  private static final int STEP_FAILED = 7;
  private static final int RELEASE_SEQUENCE = 8;
  private static final int PROBE = 9;
  private static final int PROBE_ANSWER = 10;
  private static final int NODE_LEAVING = 11;

  /** Makes a bus send every {@link ProtocolMessage} with this codec. */
  public static void register(EventBus bus) {
    ProtocolCodec codec = new ProtocolCodec();
    bus.registerCodec(codec);
    bus.codecSelector(body -> body instanceof ProtocolMessage ? codec.name() : null);
  }

  /** Whether nodes of this and the other version understand each other. */
  public static boolean talksTo(int version) {
    return Math.abs(version - VERSION) <= 1;
  }

  @Override
  public String name() {
    return "edgeshard";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  /** Messages are immutable: on the same node they are handed over as they are. */
  @Override
  public ProtocolMessage transform(ProtocolMessage message) {
    return message;
  }

  @Override
  public void encodeToWire(Buffer buffer, ProtocolMessage message) {
    int start = buffer.length();
    WireWriter out = new WireWriter(buffer).i32(0).u8(VERSION);
    if (message instanceof MicroBatch batch) {
      MicroBatchFields.write(out.u8(MICRO_BATCH), batch);
    } else if (message instanceof StepCompleted completed) {
      StepCompletedFields.write(out.u8(STEP_COMPLETED), completed);
    } else if (message instanceof StepFailed failed) {
      out.u8(STEP_FAILED).step(failed.step()).list(failed.sequences(), out::sequence);
      out.text(failed.node().value());
      out.u8(failed.code().number()).text(failed.message());
    } else if (message instanceof OpenSequence open) {
      OpenSequenceFields.write(out.u8(OPEN_SEQUENCE), open);
    } else if (message instanceof SequenceOpened opened) {
      out.u8(SEQUENCE_OPENED).sequence(opened.sequence());
    } else if (message instanceof ReleaseSequence release) {
      out.u8(RELEASE_SEQUENCE).i64(release.plan().value()).sequence(release.sequence());
    } else if (message instanceof LoadShard load) {
      write(out.u8(LOAD_SHARD), load);
    } else if (message instanceof ShardLoaded loaded) {
      out.u8(SHARD_LOADED).i64(loaded.plan().value());
    } else if (message instanceof Probe) {
      out.u8(PROBE);
    } else if (message instanceof ProbeAnswer answer) {
      out.u8(PROBE_ANSWER).i64(answer.plan()).i64(answer.clockNanos()).i32(answer.queuedSteps());
      out.i64(answer.kvCacheBytes()).i64(answer.residentBytes());
    } else if (message instanceof NodeLeaving leaving) {
      out.u8(NODE_LEAVING).text(leaving.node().value());
    } else if (message instanceof ProfileMessage profile) {
      ProfileFields.write(out, profile);
    } else {
      throw new IllegalArgumentException("expected a message to send, found " + message);
    }
    buffer.setInt(start, buffer.length() - start - Integer.BYTES);
  }

  @Override
  public ProtocolMessage decodeFromWire(int position, Buffer buffer) {
    try {
      int start = position + Integer.BYTES;
      int length = buffer.getInt(position);
      if (length < 2 || length > buffer.length() - start) {
        return new Unreadable(
            "expected a message of 2 to %d bytes, found one of %d"
                .formatted(buffer.length() - start, length));
      }
      WireReader in = new WireReader(buffer, start, start + length);
      int version = in.u8();
      if (!talksTo(version)) {
        return new Unreadable(
            "expected protocol version %d or a neighbour of it, found %d: run the same release of EdgeShard on all nodes"
                .formatted(VERSION, version));
      }
      return read(in, in.u8());
    } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
      return new Unreadable("expected a readable message, found: " + damaged.getMessage());
    }
  }

  private static ProtocolMessage read(WireReader in, int type) {
    return switch (type) {
      case MICRO_BATCH -> MicroBatchFields.read(in);
      case STEP_COMPLETED -> StepCompletedFields.read(in);
      case STEP_FAILED ->
          new StepFailed(
              in.step(),
              in.list(in::sequence),
              new NodeId(in.text()),
              FailureCode.of(in.u8()),
              in.text());
      case OPEN_SEQUENCE -> OpenSequenceFields.read(in);
      case SEQUENCE_OPENED -> new SequenceOpened(in.sequence());
      case RELEASE_SEQUENCE -> new ReleaseSequence(new PlanId(in.i64()), in.sequence());
      case LOAD_SHARD -> readLoadShard(in);
      case SHARD_LOADED -> new ShardLoaded(new PlanId(in.i64()));
      case PROBE -> new Probe();
      case PROBE_ANSWER -> new ProbeAnswer(in.i64(), in.i64(), in.i32(), in.i64(), in.i64());
      case NODE_LEAVING -> new NodeLeaving(new NodeId(in.text()));
      default -> ProfileFields.read(in, type);
    };
  }

  private static void write(WireWriter out, LoadShard load) {
    out.i64(load.plan().value()).i32(load.stage());
    out.i32(load.layers().start()).i32(load.layers().end());
    out.text(load.next().map(NodeId::value).orElse(""));
    out.text(load.weightType().label());
    out.i32(load.workload().contextTokens()).i32(load.workload().sequences());
    out.i32(load.workload().prefillChunkTokens()).text(load.modelSha256());
  }

  private static LoadShard readLoadShard(WireReader in) {
    return new LoadShard(
        new PlanId(in.i64()),
        in.i32(),
        new LayerRange(in.i32(), in.i32()),
        Optional.of(in.text()).filter(next -> !next.isEmpty()).map(NodeId::new),
        WeightType.ofLabel(in.text()),
        new Workload(in.i32(), in.i32(), in.i32()),
        in.text());
  }
}
