package dev.parley.adapters.inbound.http;

import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream that stays open for news until its client closes it or the server ends it. The thread
 * that serves the request is the only one that writes, so a client that reads nothing holds up
 * nobody else; when a write lasts too long, the connection is given up.
 */
final class LongStream {

  /** Shorter than what proxies let a connection be silent; 60 s is usual. */
  private static final Duration PING = Duration.ofSeconds(15);

  /** How long a client may take nothing. */
  private static final Duration STALLED = Duration.ofSeconds(30);

  /** News that a client has not taken; with more, its stream ends. */
  private static final int MOST_WAITING = 1_000;

  /** No message is empty. */
  private static final byte[] END = new byte[0];

  private final EventStream events;
  private final Duration stalled;
  private final BlockingQueue<byte[]> news = new LinkedBlockingQueue<>(MOST_WAITING);
  private boolean over;
  private volatile @Nullable Thread writer;
  private volatile long writingSince;

  LongStream(EventStream events) {
    this(events, STALLED);
  }

  /** A stream that is given up when a write lasts longer than this. */
  LongStream(EventStream events, Duration stalled) {
    this.events = events;
    this.stalled = stalled;
  }

  /**
   * Keeps the stream open, on the thread that serves the request, until it ended or its time is up.
   * Who was allowed in once has to ask again from time to time, so no stream is open for ever.
   *
   * @param last is sent before the server ends the stream; null for nothing
   */
  void hold(KeepAlive keepAlive, Duration longest, byte @Nullable [] last) {
    var end = System.nanoTime() + longest.toNanos();
    begin();
    try (var _ = keepAlive.every(stalled.dividedBy(2), this::giveUpIfStalled)) {
      var next = next(end);
      while (!isEnd(next)) {
        write(next);
        next = next(end);
      }
      finish(last);
    } catch (UncheckedIOException _) {
      // The client ended it first.
    } catch (InterruptedException e) {
      throw new CloseConnectionException("the stream is given up", e);
    } finally {
      close();
    }
  }

  /** News may have been too many before anyone wrote them: then it ends at once. */
  private synchronized void begin() {
    writer = Thread.currentThread();
    if (over) {
      giveUp();
    }
  }

  /** The next news; null for a ping, and the end when it was asked for or the time is up. */
  private byte @Nullable [] next(long end) throws InterruptedException {
    var left = end - System.nanoTime();
    return left <= 0 ? END : news.poll(Math.min(left, PING.toNanos()), TimeUnit.NANOSECONDS);
  }

  private static boolean isEnd(byte @Nullable [] json) {
    return json != null && json.length == 0;
  }

  private void write(byte @Nullable [] json) {
    writingSince = System.nanoTime();
    try {
      if (json == null) {
        events.ping();
      } else {
        events.send(json);
      }
    } finally {
      writingSince = 0;
    }
  }

  /** Sends what came while the stream ended, and the last word. */
  private void finish(byte @Nullable [] last) {
    close();
    for (var rest = news.poll(); rest != null; rest = news.poll()) {
      if (!isEnd(rest)) {
        write(rest);
      }
    }
    if (last != null) {
      write(last);
    }
    events.close();
  }

  private synchronized void close() {
    over = true;
  }

  /** Interrupting a virtual thread that writes to a socket closes the socket. */
  private void giveUpIfStalled() {
    var since = writingSince;
    var thread = writer;
    if (since != 0 && thread != null && System.nanoTime() - since > stalled.toNanos()) {
      thread.interrupt();
    }
  }

  /** Has a message sent; returns false when there is nobody to take it. */
  synchronized boolean send(byte[] json) {
    if (over) {
      return false;
    }
    if (news.offer(json)) {
      return true;
    }
    giveUp();
    return false;
  }

  /** Ends the stream, after what waits to be sent. */
  synchronized void end() {
    if (!over && !news.offer(END)) {
      giveUp();
    }
  }

  private void giveUp() {
    over = true;
    var thread = writer;
    if (thread != null) {
      thread.interrupt();
    }
  }
}
