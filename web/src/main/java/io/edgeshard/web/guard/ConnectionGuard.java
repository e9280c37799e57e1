package io.edgeshard.web.guard;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose clients take too long, and those that are too many.
 *
 * <p>A connection is in one of three states, and in two of them the client is the one who has to do
 * something, within a time: say what it wants (from the opening, or from the end of the last
 * answer), and send the body. While an answer is made it is the server's turn, which may take long.
 * A client that does not read the end of an answer falls under the first.
 */
public final class ConnectionGuard {
  private final Vertx vertx;
  private final ConnectionLimits limits;
  private final Map<HttpConnection, Turn> turns = new ConcurrentHashMap<>();

  public ConnectionGuard(Vertx vertx, ConnectionLimits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** A connection was opened. */
  public void opened(HttpConnection connection) {
    if (turns.size() >= limits.count()) {
      Connections.drop(connection);
      return;
    }
    Turn turn = new Turn(connection);
    turns.put(connection, turn);
    connection.closeHandler(closed -> forget(connection));
    turn.ofClient(limits.request());
  }

  /** The headers of a request have come. */
  public void arrived(RoutingContext context) {
    HttpServerRequest request = context.request();
    Turn turn = turns.get(request.connection());
    if (turn != null) {
      turn.request = request;
      turn.ofClient(limits.body());
      request.end().onSuccess(read -> turn.ofServer(request));
      context.addEndHandler(answered -> turn.over(request));
    }
    context.next();
  }

  private void forget(HttpConnection connection) {
    Turn turn = turns.remove(connection);
    if (turn != null) {
      turn.stop();
    }
  }

  /** Whose turn it is on a connection; lives on the connection's event loop. */
  private final class Turn {
    private final HttpConnection connection;
    private @Nullable HttpServerRequest request;
    private @Nullable Long timer;

    Turn(HttpConnection connection) {
      this.connection = connection;
    }

    void ofClient(Duration limit) {
      stop();
      timer = vertx.setTimer(limit.toMillis(), late -> Connections.drop(connection));
    }

    /** The request has been read; unless it is answered already, the server has time. */
    void ofServer(HttpServerRequest read) {
      if (read == request) {
        stop();
      }
    }

    /** The request is answered; the next may have come already. */
    void over(HttpServerRequest answered) {
      if (answered == request && turns.containsKey(connection)) {
        request = null;
        ofClient(limits.idle());
      }
    }

    void stop() {
      if (timer != null) {
        vertx.cancelTimer(timer);
        timer = null;
      }
    }
  }
}
