package dev.parley.adapters.outbound.sqlite;

/**
 * Counts what this process adds to the write-ahead log, and says when it is time to copy the log
 * into the database. SQLite would do that within a commit, which then takes milliseconds; here it
 * does so only once the log has grown to {@link #MOST_PAGES}, and somebody else's thread copies
 * earlier. For use by one thread.
 */
final class LogGrowth {

  /** The pages in the log at which SQLite copies within a commit (64 MiB). */
  static final int MOST_PAGES = 16_000;

  private static final int PAGES_BETWEEN = 4_000;
  private static final int PAGE = 4_096;
  // A row changes at least a leaf of the table, a leaf of the index and the counter of ids.
  private static final int PAGES_PER_COMMIT = 3;

  private final Runnable copyLog;
  private int pages;

  /** Calls {@code copyLog}, which returns at once, after about every 4,000 pages. */
  LogGrowth(Runnable copyLog) {
    this.copyLog = copyLog;
  }

  /** A transaction with so many characters of content was committed. */
  void committed(long characters) {
    pages += PAGES_PER_COMMIT + (int) (characters / PAGE);
    if (pages >= PAGES_BETWEEN) {
      pages = 0;
      copyLog.run();
    }
  }
}
