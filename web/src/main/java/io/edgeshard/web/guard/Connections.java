package io.edgeshard.web.guard;

import io.netty.channel.ChannelFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/** Ends connections whose other side does not read. */
public final class Connections {
  private Connections() {}

  /**
   * Closes a connection at once, with whatever waits in it.
   *
   * <p>Vert.x's own {@code close} first writes out what waits, which for a reader that never reads
   * is never; it has no other public way, so this goes one level down.
   */
  public static void drop(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      ChannelFuture unused = base.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }
}
