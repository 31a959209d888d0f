package dev.parley.conformance.steps;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who does the same thing over and over until told to stop, and whose slowest step is
 * known.
 */
abstract class Labour implements AutoCloseable {

  private final Duration pause;
  private final Thread thread = Thread.ofVirtual().unstarted(this::work);
  private volatile boolean stopped;
  private volatile Duration slowest = Duration.ZERO;
  private volatile Optional<RuntimeException> failure = Optional.empty();

  Labour(Duration pause) {
    this.pause = pause;
  }

  /** One step; what it throws ends the labour and fails the scenario. */
  abstract void step();

  void start() {
    thread.start();
  }

  /** Stops after the step that is under way; throws what a step has thrown. */
  void stop() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    failure.ifPresent(thrown -> {
      throw new AssertionError("a step failed: " + thrown, thrown);
    });
  }

  /** How long the slowest step took. */
  Duration slowest() {
    return slowest;
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void work() {
    while (!stopped) {
      var begun = System.nanoTime();
      try {
        step();
      } catch (RuntimeException e) {
        failure = Optional.of(e);
        return;
      }
      var took = Duration.ofNanos(System.nanoTime() - begun);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      LockSupport.parkNanos(pause.toNanos());
    }
  }
}
