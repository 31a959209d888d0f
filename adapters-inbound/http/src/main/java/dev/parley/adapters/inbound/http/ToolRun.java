package dev.parley.adapters.inbound.http;

import dev.parley.adapters.inbound.mcp.Answer;
import dev.parley.adapters.inbound.mcp.CallRequest;
import dev.parley.adapters.inbound.mcp.CallResult;
import dev.parley.adapters.inbound.mcp.Catalogue;
import io.helidon.http.Status;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a tool. A quick answer is plain JSON. A call that tells its progress, or that lasts,
 * is answered by a stream, whose pings find out whether the client is still there: a client that is
 * gone has cancelled.
 */
final class ToolRun {

  private static final Logger LOG = LoggerFactory.getLogger(ToolRun.class);
  private static final Duration PING = Duration.ofSeconds(1);

  private final Exchange exchange;
  private final CallRequest request;
  private final byte[] before;
  private final byte[] after;
  private final Thread thread = Thread.currentThread();
  private @Nullable EventStream stream;
  private boolean over;

  /**
   * A call that did not begin, on the thread that will run it.
   *
   * @param before the answer up to and with the brace that opens its result, and first members
   * @param after what closes the answer
   */
  ToolRun(Exchange exchange, CallRequest request, byte[] before, byte[] after) {
    this.exchange = exchange;
    this.request = request;
    this.before = before;
    this.after = after;
  }

  /** Runs the call and answers it. */
  void run(Catalogue catalogue, KeepAlive keepAlive) {
    var pinging =
        request.tool().abandonable() && exchange.takesStream()
            ? keepAlive.every(PING, this::ping)
            : null;
    try {
      answer(catalogue.call(request.tool(), request.arguments(), this::progress));
    } catch (InterruptedException _) {
      end();
    } finally {
      if (pinging != null) {
        pinging.close();
      }
    }
  }

  /** The client wants no answer any more: a call that may be cut short is. */
  synchronized void cancel() {
    if (!over && request.tool().abandonable()) {
      thread.interrupt();
    }
  }

  private synchronized void answer(Answer answer) {
    finish();
    var json = new CallResult(before, answer, after).bytes();
    if (stream == null) {
      exchange.send(Status.OK_200, json);
    } else {
      stream.send(json);
      stream.close();
    }
    note(answer.handedOver());
  }

  private static void note(@Nullable Runnable handedOver) {
    if (handedOver == null) {
      return;
    }
    try {
      handedOver.run();
    } catch (RuntimeException e) {
      LOG.warn("An answer was given but not noted, so it will be given again: {}", e.getMessage());
    }
  }

  /** Cancelled: there is no answer. */
  private synchronized void end() {
    finish();
    if (stream == null) {
      exchange.accept();
    } else {
      stream.close();
    }
  }

  private void finish() {
    over = true;
    // A cancellation that came too late must not hit whatever this thread does next.
    var _ = Thread.interrupted();
  }

  private synchronized void ping() {
    if (!over) {
      try {
        stream().ping();
      } catch (UncheckedIOException _) {
        cancel();
      }
    }
  }

  private synchronized void progress(Duration passed) {
    var token = request.progressToken();
    if (token == null || over || !exchange.takesStream()) {
      return;
    }
    var params = new LinkedHashMap<String, Object>();
    params.put("progressToken", token);
    params.put("progress", passed.toMillis() / 1000.0);
    params.put("message", "waiting");
    stream()
        .send(
            exchange.json(
                Map.of("jsonrpc", "2.0", "method", "notifications/progress", "params", params)));
  }

  private EventStream stream() {
    if (stream == null) {
      stream = exchange.stream();
    }
    return stream;
  }
}
