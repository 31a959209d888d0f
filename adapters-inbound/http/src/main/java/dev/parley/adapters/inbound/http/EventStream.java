package dev.parley.adapters.inbound.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent
 * events</a>, one JSON-RPC message each, from any number of threads. Every event is sent at once.
 *
 * <p>Helidon's own sink ends the connection with each stream; this one leaves it open for the next
 * request.
 */
final class EventStream {

  private static final byte[] BEFORE = ascii("event: message\ndata: ");
  private static final byte[] AFTER = ascii("\n\n");
  private static final byte[] COMMENT = ascii(":\n\n");

  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private boolean closed;

  private EventStream(OutputStream out) {
    this.out = out;
  }

  /** Begins a stream as the answer, and says at once that it began. */
  static EventStream open(ServerResponse response) {
    response
        .status(Status.OK_200)
        .header(HeaderValues.CONTENT_TYPE_EVENT_STREAM)
        // nginx would hold events back otherwise.
        .header(HeaderNames.create("X-Accel-Buffering"), "no");
    var stream = new EventStream(response.outputStream());
    stream.ping();
    return stream;
  }

  /**
   * Sends a message.
   *
   * @param json on one line
   * @throws UncheckedIOException when the client is gone
   */
  void send(byte[] json) {
    write(BEFORE, json, AFTER);
  }

  /** Sends a comment: it shows a proxy that the stream lives, and us that the client does. */
  void ping() {
    write(COMMENT);
  }

  private void write(byte[]... parts) {
    writing.lock();
    try {
      if (closed) {
        return;
      }
      for (var part : parts) {
        out.write(part);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the client closed the stream", e);
    } finally {
      writing.unlock();
    }
  }

  /** Ends the stream; what is sent after that goes nowhere. */
  void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        out.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the client closed the stream", e);
    } finally {
      writing.unlock();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
