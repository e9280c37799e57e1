package io.edgeshard.verticles.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.goal.Workload;
import io.edgeshard.planner.model.LayerRange;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.planner.plan.PlanId;
import io.edgeshard.runtime.sampling.SampledToken;
import io.edgeshard.runtime.sampling.SamplingParameters;
import io.edgeshard.runtime.shard.step.Span;
import io.edgeshard.verticles.protocol.FailureCode;
import io.edgeshard.verticles.protocol.LoadShard;
import io.edgeshard.verticles.protocol.MicroBatch;
import io.edgeshard.verticles.protocol.OpenSequence;
import io.edgeshard.verticles.protocol.ProfileMessage.LinkPing;
import io.edgeshard.verticles.protocol.ProfileMessage.LinkPong;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureLink;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import io.edgeshard.verticles.protocol.ProfileMessage.Measured;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineLink;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.NodeLeaving;
import io.edgeshard.verticles.protocol.ProtocolMessage.Probe;
import io.edgeshard.verticles.protocol.ProtocolMessage.ProbeAnswer;
import io.edgeshard.verticles.protocol.ProtocolMessage.ReleaseSequence;
import io.edgeshard.verticles.protocol.ProtocolMessage.SequenceOpened;
import io.edgeshard.verticles.protocol.ProtocolMessage.ShardLoaded;
import io.edgeshard.verticles.protocol.ProtocolMessage.Unreadable;
import io.edgeshard.verticles.protocol.SequenceId;
import io.edgeshard.verticles.protocol.SequenceSpan;
import io.edgeshard.verticles.protocol.StageTrace;
import io.edgeshard.verticles.protocol.StepCompleted;
import io.edgeshard.verticles.protocol.StepFailed;
import io.edgeshard.verticles.protocol.StepId;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolCodecTest {
  private static final PlanId PLAN = new PlanId(1_700_000_000_000L);
  private static final SequenceId SEQUENCE = new SequenceId(new UUID(-1, 7));
  private static final StepId STEP = new StepId(PLAN, 3);
  private static final NodeId NODE = new NodeId("node-1");
  private final ProtocolCodec codec = new ProtocolCodec();

  static Stream<ProtocolMessage> messages() {
    SamplingParameters sampling =
        new SamplingParameters(0.7, 40, 0.9, 0.05, 1.1, 64, 0.2, -0.3, Map.of(5, -100f), -9L, 3);
    return Stream.of(
        new LoadShard(
            PLAN,
            1,
            new LayerRange(9, 21),
            Optional.of(NODE),
            WeightType.EXACT,
            new Workload(2048, 4, 128),
            "ab".repeat(32)),
        new LoadShard(
            PLAN,
            2,
            new LayerRange(21, 30),
            Optional.empty(),
            WeightType.FAST,
            new Workload(1, 1, 1),
            ""),
        new ShardLoaded(PLAN),
        new OpenSequence(PLAN, SEQUENCE, 2, NODE, 512, Optional.empty()),
        new OpenSequence(
            PLAN,
            SEQUENCE,
            2,
            NODE,
            512,
            Optional.of(new OpenSequence.Sampling(sampling, List.of(1, 2, 49_151)))),
        new SequenceOpened(SEQUENCE),
        MicroBatch.ofTokens(
            STEP,
            NODE,
            List.of(
                new SequenceSpan(SEQUENCE, new Span(4, 17, 2, 1)),
                new SequenceSpan(SequenceId.random(), new Span(0, 0, 1, 0))),
            1,
            -1,
            Integer.MAX_VALUE),
        new MicroBatch(
            STEP,
            NODE,
            2,
            List.of(new SequenceSpan(SEQUENCE, new Span(1, 128, 1, 0))),
            MicroBatch.ElementType.FLOAT32,
            1,
            3,
            List.of(new StageTrace(5, 9), new StageTrace(-4, Long.MAX_VALUE)),
            Buffer.buffer(new byte[] {1, 2, 3, 4})),
        new StepCompleted(STEP, List.of(), List.of()),
        new StepCompleted(
            STEP,
            List.of(
                new StepCompleted.Result(SEQUENCE, Optional.empty()),
                new StepCompleted.Result(
                    SequenceId.random(),
                    Optional.of(
                        new SampledToken(
                            42, -0.5f, List.of(new SampledToken.Alternative(42, -0.5f)))))),
            List.of(new StageTrace(1, 2))),
        new StepFailed(
            STEP, List.of(SEQUENCE), NODE, FailureCode.STALE_PLAN, "ein Satz mit Ümläuten 日本"),
        new ReleaseSequence(PLAN, SEQUENCE),
        new Probe(),
        new ProbeAnswer(0, -1, 3, 4, 5),
        new NodeLeaving(NODE),
        new MeasureNode("ab".repeat(32), WeightType.FAST, 128, true),
        new MeasureLink(NODE, "member", 2304, true),
        new Measured(),
        new RefineLink(NODE, 2304, 0.41),
        new RefineStage(12, true, false, 80, 4.2),
        new LinkPing(true, Buffer.buffer(new byte[] {1, 2, 3})),
        new LinkPong());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decode_whatWasEncoded_isTheSame(ProtocolMessage message) {
    Buffer wire = Buffer.buffer("before");
    codec.encodeToWire(wire, message);
    wire.appendString("after");
    assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decode_cutAnywhere_isUnreadable(ProtocolMessage message) {
    Buffer wire = encode(message);
    for (int length = 0; length < wire.length(); length++) {
      assertThat(codec.decodeFromWire(0, wire.getBuffer(0, length))).isInstanceOf(Unreadable.class);
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decode_flippedBytes_neverThrows(ProtocolMessage message) {
    Random random = new Random(1);
    for (int round = 0; round < 300; round++) {
      Buffer wire = encode(message);
      for (int flips = 0; flips < 3; flips++) {
        wire.setByte(random.nextInt(wire.length()), (byte) random.nextInt());
      }
      assertThat(codec.decodeFromWire(0, wire)).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void decode_fieldsOfALaterVersionAtTheEnd_areLeftUnread(ProtocolMessage message) {
    Buffer wire = encode(message).appendString("a later field");
    wire.setInt(0, wire.length() - Integer.BYTES);
    wire.setByte(Integer.BYTES, (byte) (ProtocolCodec.VERSION + 1));
    assertThat(codec.decodeFromWire(0, wire)).isEqualTo(message);
  }

  @Test
  void decode_sequenceOfAReleaseWithoutRepetitionWindow_countsAllTokens() {
    OpenSequence open =
        messages()
            .filter(OpenSequence.class::isInstance)
            .map(OpenSequence.class::cast)
            .filter(message -> message.sampling().isPresent())
            .findFirst()
            .orElseThrow();
    Buffer wire = encode(open);
    Buffer older = wire.getBuffer(0, wire.length() - Integer.BYTES);
    older.setInt(0, older.length() - Integer.BYTES);

    assertThat(codec.decodeFromWire(0, older))
        .isInstanceOfSatisfying(
            OpenSequence.class,
            read -> {
              OpenSequence.Sampling sampling = read.sampling().orElseThrow();
              assertThat(sampling.parameters().repetitionWindow()).isZero();
              assertThat(sampling.promptIds()).isEqualTo(open.sampling().orElseThrow().promptIds());
            });
  }

  @Test
  void decode_versionTooFarAway_saysBothAndWhatToDo() {
    Buffer wire = encode(new Probe());
    wire.setByte(Integer.BYTES, (byte) (ProtocolCodec.VERSION + 2));
    assertThat(codec.decodeFromWire(0, wire))
        .isInstanceOfSatisfying(
            Unreadable.class,
            unreadable ->
                assertThat(unreadable.reason()).contains("version 5", "found 7", "same release"));
  }

  @Test
  void transform_sameNode_handsOverAsItIs() {
    Probe probe = new Probe();
    assertThat(codec.transform(probe)).isSameAs(probe);
  }

  private Buffer encode(ProtocolMessage message) {
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, message);
    return wire;
  }
}
