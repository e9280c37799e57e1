package io.edgeshard.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A socket to the server, for what no HTTP client would do; every read has a limit. */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket = new Socket();

  private InputStream in = InputStream.nullInputStream();

  private RawConnection() {}

  /** A connection as the system makes them. */
  public static RawConnection open(RunningServer server) throws IOException {
    return open(server, 0);
  }

  /** A connection that takes no more than about so many bytes in; 0 leaves it to the system. */
  public static RawConnection open(RunningServer server, int receiveBufferBytes)
      throws IOException {
    RawConnection connection = new RawConnection();
    if (receiveBufferBytes > 0) {
      connection.socket.setReceiveBufferSize(receiveBufferBytes);
    }
    connection.socket.setSoTimeout(PATIENCE_MS);
    connection.socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()), PATIENCE_MS);
    connection.in = new BufferedInputStream(connection.socket.getInputStream());
    return connection;
  }

  /** Sends text as it is. */
  public RawConnection send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Sends a POST of JSON. */
  public RawConnection post(String path, String json) throws IOException {
    return post(path, "localhost", json);
  }

  /** Sends a POST of JSON to a host of this name, with further header lines. */
  public RawConnection post(String path, String host, String json, String... headers)
      throws IOException {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
    head.append("Content-Type: application/json\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    return send(head + "Content-Length: " + length + "\r\n\r\n" + json);
  }

  /** Reads until the text has come, and gives all that came. */
  public String readUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    do {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("expected " + text + ", found the end after: " + read);
      }
      read.append((char) next);
    } while (!endsWith(read, text));
    return read.toString();
  }

  private static boolean endsWith(StringBuilder read, String text) {
    return read.length() >= text.length() && read.indexOf(text, read.length() - text.length()) >= 0;
  }

  /** Reads until the server closes, and gives all that came. */
  public String readToEnd() throws IOException {
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[8192];
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketException e) {
      // a reset is an end, too
    }
    return read.toString();
  }

  /** Whether the server closes within a time, found out without reading. */
  public boolean isClosedByServer() throws InterruptedException {
    for (int tries = 0; tries < PATIENCE_MS / 10; tries++) {
      try {
        send("x");
      } catch (IOException e) {
        return true;
      }
      // Without reading, only a write tells of the end; more of them would be a fault of their own.
      Thread.sleep(10);
    }
    return false;
  }

  /** Says that nothing more will be sent, and goes on listening. */
  public void closeOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Goes away without a word. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
