package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Timestamps;
import dev.parley.ports.BackendException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes messages that are older than kept: of each topic the oldest ones, up to the first that is
 * still to be kept, so that what is gone is always a gap and never a hole. A few rows at a time, so
 * that no lock is held for long. One process does a pass every few hours; the database remembers
 * when.
 *
 * <p>A timestamp that cannot be read, or of a day to come, says nothing: such a row goes when one
 * that came after it goes.
 */
final class Retention implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final Duration RARELY = Duration.ofHours(6);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
  private static final Duration BETWEEN_STEPS = Duration.ofMillis(20);
  private static final Duration ONE_DAY = Duration.ofDays(1);
  private static final int ROWS_AT_ONCE = 1_000;

  private static final String NEXT_TOPIC =
      "SELECT topic FROM \"{table}\" WHERE topic > ? ORDER BY topic LIMIT 1";

  // Old by its own clock: text in the form that bridges write sorts by time. Of another form only
  // the day is compared, one day later, whatever its offset from UTC.
  private static final String EXPIRED =
      """
      CASE WHEN m.ts !~ '^\\d{4}-\\d\\d-\\d\\d' OR m.ts > ? COLLATE "C" THEN NULL
        WHEN m.ts ~ '^.{10}T\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$' THEN m.ts < ? COLLATE "C"
        ELSE left(m.ts, 10) < ? COLLATE "C" END
      """;

  private static final String STEP =
      """
      WITH page AS (SELECT m.seq, %s AS expired FROM "{table}" m %s LIMIT %d),
        kept AS (SELECT min(seq) AS first FROM page WHERE NOT expired),
        old AS (SELECT m.seq FROM "{table}" m %s LIMIT %d),
        gone AS (DELETE FROM "{table}" m USING old WHERE m.seq = old.seq
          AND m.seq <= (SELECT max(seq) FROM page, kept WHERE expired AND (first IS NULL OR seq < first))
          RETURNING 1)
      SELECT max(seq), (SELECT first IS NULL FROM kept), (SELECT count(*) FROM gone) FROM page
      """
          .formatted(
              EXPIRED,
              MessageRows.after("?", "?"),
              ROWS_AT_ONCE,
              MessageRows.after("?", MessageRows.LEAST_SEQ),
              ROWS_AT_ONCE);

  // One process claims a pass by noting its time; another one then finds that it is not due.
  private static final String CLAIM =
      """
      INSERT INTO "{table}_meta" AS m VALUES ('retention:' || ?, extract(epoch FROM now())::bigint)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        WHERE m.value::bigint NOT BETWEEN excluded.value::bigint - ? AND excluded.value::bigint
      """;

  private final Database database;
  private final @Nullable Duration keep;
  private final String nextTopic;
  private final String step;
  private final String claim;
  private final Thread thread;
  private volatile boolean closed;

  Retention(Database database, PostgresSettings settings) {
    var names = new Names(settings.table());
    this.database = database;
    this.keep = settings.retention();
    this.nextTopic = names.in(NEXT_TOPIC);
    this.step = names.in(STEP);
    this.claim = names.in(CLAIM);
    this.thread = Thread.ofVirtual().name("parley-postgres-retention").unstarted(this::work);
  }

  void start() {
    if (keep != null) {
      thread.start();
    }
  }

  private void work() {
    while (!closed && keep != null) {
      LockSupport.parkNanos(pass(keep).toNanos());
    }
  }

  private Duration pass(Duration kept) {
    try {
      if (database.call(connection -> claim(connection, kept))) {
        trimAll(kept);
      }
      return RARELY;
    } catch (BackendException failure) {
      LOG.warn("messages older than retention_days were not deleted: {}", failure.getMessage());
      return AFTER_FAILURE;
    }
  }

  private boolean claim(Connection connection, Duration kept) throws SQLException {
    try (var statement = connection.prepareStatement(claim)) {
      statement.setString(1, Long.toString(kept.toDays()));
      statement.setLong(2, RARELY.toSeconds());
      return statement.executeUpdate() == 1;
    }
  }

  private void trimAll(Duration kept) {
    var topic = topicAfter("");
    while (topic != null && !closed) {
      trim(topic, kept);
      topic = topicAfter(topic);
    }
  }

  private @Nullable String topicAfter(String last) {
    var found =
        database.call(connection -> {
          try (var query = connection.prepareStatement(nextTopic)) {
            query.setString(1, last);
            try (var row = query.executeQuery()) {
              return row.next() ? Optional.of(row.getString(1)) : Optional.<String>empty();
            }
          }
        });
    return found.orElse(null);
  }

  private void trim(String topic, Duration kept) {
    var from = new Step(Long.MIN_VALUE, true);
    while (from.more() && !closed) {
      var last = from.seq();
      from = database.call(connection -> step(connection, topic, last, kept));
      LockSupport.parkNanos(BETWEEN_STEPS.toNanos());
    }
  }

  /** Up to which seq was looked, and whether to look further. */
  private record Step(long seq, boolean more) {}

  private Step step(Connection connection, String topic, long after, Duration kept)
      throws SQLException {
    var now = Instant.now();
    try (var statement = connection.prepareStatement(step)) {
      statement.setString(1, Timestamps.format(now.plus(ONE_DAY)));
      statement.setString(2, Timestamps.format(now.minus(kept)));
      statement.setString(3, Timestamps.format(now.minus(kept).minus(ONE_DAY)).substring(0, 10));
      statement.setString(4, topic);
      statement.setLong(5, after);
      statement.setString(6, topic);
      statement.setString(7, topic);
      statement.setString(8, topic);
      try (var row = statement.executeQuery()) {
        row.next();
        var last = row.getLong(1);
        if (row.wasNull()) {
          return new Step(after, false);
        }
        // Not all of what is old went at once: the same again.
        return row.getLong(3) == ROWS_AT_ONCE
            ? new Step(after, true)
            : new Step(last, row.getBoolean(2));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
