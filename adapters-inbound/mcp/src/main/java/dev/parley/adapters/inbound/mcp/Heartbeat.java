package dev.parley.adapters.inbound.mcp;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Tells a waiting caller at intervals that its call goes on; says nothing once it is closed. */
final class Heartbeat implements AutoCloseable {

  private final Call call;
  private final Duration interval;
  private final ReentrantLock beating = new ReentrantLock();
  private final @Nullable Thread thread;
  private boolean closed;

  private Heartbeat(Call call, Duration wait, Duration interval) {
    this.call = call;
    this.interval = interval;
    this.thread =
        wait.compareTo(interval) <= 0
            ? null
            : Thread.ofVirtual().name("progress").unstarted(this::beat);
  }

  /** Beats until closed; calls that wait less than one interval need none. */
  static Heartbeat of(Call call, Duration wait, Duration interval) {
    var heartbeat = new Heartbeat(call, wait, interval);
    if (heartbeat.thread != null) {
      heartbeat.thread.start();
    }
    return heartbeat;
  }

  private void beat() {
    try {
      for (var passed = interval; ; passed = passed.plus(interval)) {
        Thread.sleep(interval);
        beating.lock();
        try {
          if (closed) {
            return;
          }
          call.progress(passed);
        } finally {
          beating.unlock();
        }
      }
    } catch (InterruptedException _) {
      // Closed: the call is answered.
    }
  }

  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.interrupt();
    beating.lock();
    try {
      closed = true;
    } finally {
      beating.unlock();
    }
  }
}
