package dev.parley.adapters.outbound.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.parley.ports.BackendException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connections for statements. The pool is made with the first one, since its classes take time
 * to load; it connects on demand only.
 */
final class Pool implements AutoCloseable {

  /** How often to look whether the server has refused meanwhile; the shortest HikariCP takes. */
  private static final long LOOK_MILLIS = 250;

  private static final Duration LAST_MOMENT = Duration.ofMillis(300);
  // For posts and reads alike: a statement sees what was committed before it began.
  private static final String ISOLATION = "TRANSACTION_READ_COMMITTED";

  private final Server server;
  private final Faults faults;
  private final PostgresSettings settings;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable HikariDataSource connections;
  private volatile boolean closed;

  Pool(Server server, Faults faults, PostgresSettings settings) {
    this.server = server;
    this.faults = faults;
    this.settings = settings;
  }

  /**
   * A connection in autocommit mode; closing it gives it back.
   *
   * @param deadline when to give up, in {@link System#nanoTime()}
   * @throws BackendException when there is none in time, or when the server refuses
   */
  Connection borrow(long deadline) {
    var current = connections();
    var refusedJustNow = server.freshRefusal();
    if (refusedJustNow != null && unconnected(current)) {
      throw faults.unreachable(refusedJustNow);
    }
    while (true) {
      try {
        return current.getConnection();
      } catch (SQLTransientConnectionException notYet) {
        var refused = server.refusal();
        if (closed) {
          throw faults.closed();
        }
        if (refused != null && unconnected(current)) {
          throw faults.unreachable(refused);
        }
        if (System.nanoTime() - deadline > 0) {
          throw unconnected(current) ? faults.tooSlow() : faults.busy(settings.poolSize());
        }
      } catch (SQLException failure) {
        throw closed ? faults.closed() : faults.of(failure);
      }
    }
  }

  private static boolean unconnected(HikariDataSource pool) {
    var state = pool.getHikariPoolMXBean();
    return state == null || state.getTotalConnections() == 0;
  }

  private HikariDataSource connections() {
    lock.lock();
    try {
      if (closed) {
        throw faults.closed();
      }
      if (connections == null) {
        connections = new HikariDataSource(configuration());
      }
      return connections;
    } finally {
      lock.unlock();
    }
  }

  private HikariConfig configuration() {
    var config = new HikariConfig();
    config.setPoolName("parley-postgres");
    config.setDataSource(server);
    config.setMaximumPoolSize(settings.poolSize());
    // Idle sessions hold no connection for long, and nothing is tried again while nobody waits.
    config.setMinimumIdle(0);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(LOOK_MILLIS);
    config.setValidationTimeout(Math.max(LOOK_MILLIS, settings.timeout().toMillis() / 2));
    config.setTransactionIsolation(ISOLATION);
    return config;
  }

  /** Closes the connections; one that does not end at once is left to its timeouts. */
  @Override
  public void close() {
    closed = true;
    lock.lock();
    try {
      if (connections != null) {
        var closing = Thread.ofPlatform().daemon().start(connections::close);
        closing.join(LAST_MOMENT);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
