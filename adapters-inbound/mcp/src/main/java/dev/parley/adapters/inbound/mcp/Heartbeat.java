package dev.parley.adapters.inbound.mcp;

import java.time.Duration;

/** Tells a waiting caller every few seconds that its call goes on. */
final class Heartbeat implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Heartbeat NONE = new Heartbeat(Thread.ofVirtual().unstarted(() -> {}));

  private final Thread thread;

  private Heartbeat(Thread thread) {
    this.thread = thread;
  }

  /** Beats until closed; calls that wait less than one interval need none. */
  static Heartbeat of(Call call, Duration wait) {
    return wait.compareTo(INTERVAL) <= 0
        ? NONE
        : new Heartbeat(Thread.ofVirtual().name("progress").start(() -> beat(call)));
  }

  private static void beat(Call call) {
    try {
      for (var seconds = INTERVAL.toSeconds(); ; seconds += INTERVAL.toSeconds()) {
        Thread.sleep(INTERVAL);
        call.progress(seconds);
      }
    } catch (InterruptedException _) {
      // Closed: the call is answered.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
