package dev.parley.adapters.inbound.stdio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which thread reads the input. The one that leads also does a short piece of work itself, so that
 * no other thread has to be woken for it; when that takes long, another thread takes the lead and
 * the old one ends with its work. Like <i>Leader/Followers</i> (Schmidt and others, 2000), but the
 * follower is only made when it is needed.
 */
final class Leadership {

  /** Work that lasts for two looks in a row takes long. */
  private static final long LOOK_NANOS = 5_000_000;

  /** So many looks without work, and the watch sleeps until there is some. */
  private static final int IDLE_LOOKS = 4;

  private final Reading reading;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private final AtomicReference<@Nullable Object> work = new AtomicReference<>();
  private final Thread watch =
      Thread.ofPlatform().daemon().name("parley-stdio-watch").unstarted(this::watch);
  private volatile boolean asleep;

  Leadership(Reading reading) {
    this.reading = reading;
  }

  /** What the leader does. */
  interface Reading {

    /** Reads until the end of input; returns false when the lead was lost before. */
    boolean readOn() throws IOException;
  }

  /**
   * Lets threads lead, one at a time, until one of them has come to the end of input.
   *
   * @throws IOException when the input cannot be read, or the client takes no answers any more
   */
  void run() throws IOException {
    lead();
    try {
      end.join();
    } catch (CompletionException failed) {
      switch (failed.getCause()) {
        case IOException e -> throw e;
        case UncheckedIOException e -> throw e.getCause();
        case RuntimeException e -> throw e;
        case null, default -> throw failed;
      }
    }
  }

  private void lead() {
    Thread.ofPlatform()
        .daemon()
        .name("parley-stdio")
        .start(() -> {
          try {
            if (reading.readOn()) {
              end.complete(null);
            }
          } catch (IOException | RuntimeException | Error e) {
            end.completeExceptionally(e);
          }
        });
  }

  /** Does a piece of work on the thread that leads; returns whether it still leads then. */
  boolean keptWhile(Runnable piece) {
    var mine = new Object();
    work.set(mine);
    wakeWatch();
    piece.run();
    return work.compareAndSet(mine, null);
  }

  private void wakeWatch() {
    if (watch.getState() == Thread.State.NEW) {
      watch.start();
    } else if (asleep) {
      LockSupport.unpark(watch);
    }
  }

  private void watch() {
    Object seen = null;
    var idle = 0;
    while (!end.isDone()) {
      var now = work.get();
      if (now == null) {
        idle++;
      } else {
        idle = 0;
        if (now.equals(seen) && work.compareAndSet(now, null)) {
          lead();
        }
      }
      seen = now;
      if (idle > IDLE_LOOKS) {
        sleep();
      } else {
        LockSupport.parkNanos(this, LOOK_NANOS);
      }
    }
  }

  private void sleep() {
    asleep = true;
    if (work.get() == null) {
      LockSupport.park(this);
    }
    asleep = false;
  }
}
