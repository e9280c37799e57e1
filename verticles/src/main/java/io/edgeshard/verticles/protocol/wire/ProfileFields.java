package io.edgeshard.verticles.protocol.wire;

import io.edgeshard.planner.cluster.NodeId;
import io.edgeshard.planner.model.WeightType;
import io.edgeshard.verticles.protocol.ProfileMessage;
import io.edgeshard.verticles.protocol.ProfileMessage.LinkPing;
import io.edgeshard.verticles.protocol.ProfileMessage.LinkPong;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureLink;
import io.edgeshard.verticles.protocol.ProfileMessage.MeasureNode;
import io.edgeshard.verticles.protocol.ProfileMessage.Measured;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineLink;
import io.edgeshard.verticles.protocol.ProfileMessage.RefineStage;
import io.edgeshard.verticles.protocol.ProtocolMessage;
import io.edgeshard.verticles.protocol.ProtocolMessage.Unreadable;

/** Type and fields of each {@link ProfileMessage}; since version 2, {@link RefineStage} since 3. */
final class ProfileFields {
  private static final int MEASURE_NODE = 12;
  private static final int MEASURE_LINK = 13;
  private static final int MEASURED = 14;
  private static final int LINK_PING = 15;
  private static final int LINK_PONG = 16;
  private static final int REFINE_LINK = 17;
  private static final int REFINE_STAGE = 18;

  private ProfileFields() {}

  static void write(WireWriter out, ProfileMessage message) {
    if (message instanceof LinkPing ping) {
      out.u8(LINK_PING).flag(ping.isLast()).bytes(ping.payload());
    } else if (message instanceof LinkPong) {
      out.u8(LINK_PONG);
    } else if (message instanceof MeasureNode node) {
      out.u8(MEASURE_NODE).text(node.modelSha256()).text(node.weightType().label());
      out.i32(node.prefillChunkTokens()).flag(node.fresh());
    } else if (message instanceof MeasureLink link) {
      out.u8(MEASURE_LINK).text(link.to().value()).text(link.toMemberId());
      out.i32(link.rowBytes()).flag(link.gentle());
    } else if (message instanceof RefineLink refined) {
      out.u8(REFINE_LINK).text(refined.to().value()).i32(refined.rowBytes()).f64(refined.rowMs());
    } else if (message instanceof RefineStage stage) {
      out.u8(REFINE_STAGE).i32(stage.layers()).flag(stage.hasEmbedding()).flag(stage.hasHead());
      out.i32(stage.contextTokens()).f64(stage.ms());
    } else {
      out.u8(MEASURED);
    }
  }

  static ProtocolMessage read(WireReader in, int type) {
    return switch (type) {
      case MEASURE_NODE ->
          new MeasureNode(in.text(), WeightType.ofLabel(in.text()), in.i32(), in.flag());
      case MEASURE_LINK -> new MeasureLink(new NodeId(in.text()), in.text(), in.i32(), in.flag());
      case MEASURED -> new Measured();
      case LINK_PING -> new LinkPing(in.flag(), in.bytes());
      case LINK_PONG -> new LinkPong();
      case REFINE_LINK -> new RefineLink(new NodeId(in.text()), in.i32(), in.f64());
      case REFINE_STAGE -> new RefineStage(in.i32(), in.flag(), in.flag(), in.i32(), in.f64());
      default -> new Unreadable("expected a message type of 1 to 18, found " + type);
    };
  }
}
