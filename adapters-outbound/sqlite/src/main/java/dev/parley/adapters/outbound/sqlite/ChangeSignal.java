package dev.parley.adapters.outbound.sqlite;

import java.time.Duration;

/** What tells that the database file may have changed. */
interface ChangeSignal extends AutoCloseable {

  /**
   * Waits for a sign of change, or until the time is over, or until this is closed.
   *
   * @return whether there was a sign of change
   */
  boolean await(Duration atMost) throws InterruptedException;

  /** This process changed the file itself. */
  void poke();

  @Override
  void close();
}
