package dev.parley.adapters.inbound.http;

import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stream that stays open for news until its client closes it or the server ends it. */
final class LongStream {

  /** Shorter than what proxies let a connection be silent; 60 s is usual. */
  private static final Duration PING = Duration.ofSeconds(15);

  private final EventStream events;
  private final CountDownLatch ended = new CountDownLatch(1);

  LongStream(EventStream events) {
    this.events = events;
  }

  /**
   * Keeps the stream open, on the thread that serves the request, until it ended or its time is up.
   * Who was allowed in once has to ask again from time to time, so no stream is open for ever.
   *
   * @return false when its time is up, and the stream is still open
   */
  boolean hold(KeepAlive keepAlive, Duration longest) {
    try (var _ = keepAlive.every(PING, this::ping)) {
      return ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new CloseConnectionException("the server stops and waits no longer", e);
    }
  }

  private void ping() {
    try {
      events.ping();
    } catch (UncheckedIOException _) {
      ended.countDown();
    }
  }

  /** Sends a message; returns false when there is nobody to take it. */
  boolean send(byte[] json) {
    if (ended.getCount() == 0) {
      return false;
    }
    try {
      events.send(json);
      return true;
    } catch (UncheckedIOException _) {
      ended.countDown();
      return false;
    }
  }

  /** Ends the stream, with a last message if there is one to send. */
  void end(byte @Nullable [] last) {
    try {
      if (last != null) {
        events.send(last);
      }
      events.close();
    } catch (UncheckedIOException _) {
      // The client ended it first.
    } finally {
      ended.countDown();
    }
  }
}
