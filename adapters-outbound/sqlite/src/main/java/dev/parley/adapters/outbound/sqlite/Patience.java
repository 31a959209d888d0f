package dev.parley.adapters.outbound.sqlite;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Trying again while another connection holds a lock. SQLite's own busy handler sleeps for up to
 * 100 ms at a time, which is far longer than a commit takes.
 */
final class Patience {

  private static final long FIRST_PAUSE_NANOS = 50_000;
  private static final int MOST_DOUBLINGS = 6;

  private Patience() {}

  /** Something that may find the database locked. */
  interface Attempt<T> {
    T make() throws SQLException;
  }

  /** Makes an attempt until it does not find the database locked, or until the time is over. */
  static <T> T whileBusy(Duration atMost, Attempt<T> attempt) throws SQLException {
    var deadline = System.nanoTime() + atMost.toNanos();
    for (var failures = 0; ; failures++) {
      try {
        return attempt.make();
      } catch (SQLException failure) {
        if (!Faults.isBusy(failure) || System.nanoTime() - deadline >= 0) {
          throw failure;
        }
        pause(failures);
      }
    }
  }

  /** Waits for 25 microseconds to 3 milliseconds, longer and more random with each failure. */
  static void pause(int failures) {
    var longest = FIRST_PAUSE_NANOS << Math.min(failures, MOST_DOUBLINGS);
    LockSupport.parkNanos(longest - ThreadLocalRandom.current().nextLong(longest / 2));
  }
}
