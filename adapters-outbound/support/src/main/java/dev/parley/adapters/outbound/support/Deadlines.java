package dev.parley.adapters.outbound.support;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Waiting with a deadline that is seldom reached. A timed wait of a virtual thread wakes the JVM's
 * timer thread twice, which costs more than storing a message; here one thread looks at the clock
 * every 20 ms while anybody waits, and not at all otherwise. So a wait may end 20 ms late.
 */
public final class Deadlines {

  private static final Duration TICK = Duration.ofMillis(20);
  private static final Set<Waiting> WAITING = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean TICKING = new AtomicBoolean();

  private Deadlines() {}

  // No record: each waiting is itself, however alike two are.
  private static final class Waiting {

    private final Thread thread = Thread.currentThread();
    private final long deadline;

    Waiting(long nanos) {
      this.deadline = System.nanoTime() + nanos;
    }
  }

  /**
   * As {@link LockSupport#parkNanos(Object, long)}: returns when unparked or interrupted, when the
   * time is over, or for no reason.
   */
  public static void parkNanos(Object blocker, long nanos) {
    if (nanos <= 0) {
      return;
    }
    var waiting = new Waiting(nanos);
    WAITING.add(waiting);
    if (TICKING.compareAndSet(false, true)) {
      Thread.ofVirtual().name("parley-deadlines").start(Deadlines::tick);
    }
    try {
      LockSupport.park(blocker);
    } finally {
      WAITING.remove(waiting);
    }
  }

  /**
   * Waits for a time that the other side asked for, or that lies between two attempts.
   *
   * @throws InterruptedException when nobody waits any more
   */
  public static void pause(Duration time) throws InterruptedException {
    var end = System.nanoTime() + time.toNanos();
    for (var left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      parkNanos(time, left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** As {@link CompletableFuture#get(long, TimeUnit)}. */
  public static <T> T get(CompletableFuture<T> future, Duration atMost)
      throws InterruptedException, ExecutionException, TimeoutException {
    var caller = Thread.currentThread();
    var _ = future.whenComplete((_, _) -> LockSupport.unpark(caller));
    var deadline = System.nanoTime() + atMost.toNanos();
    while (!future.isDone()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException();
      }
      parkNanos(future, left);
    }
    return future.get();
  }

  private static void tick() {
    do {
      LockSupport.parkNanos(TICK.toNanos());
      var now = System.nanoTime();
      WAITING.forEach(waiting -> {
        if (waiting.deadline - now <= 0) {
          LockSupport.unpark(waiting.thread);
        }
      });
    } while (goesOn());
  }

  private static boolean goesOn() {
    if (!WAITING.isEmpty()) {
      return true;
    }
    TICKING.set(false);
    // Whoever came in between either sees that nobody ticks, or is seen here.
    return !WAITING.isEmpty() && TICKING.compareAndSet(false, true);
  }
}
