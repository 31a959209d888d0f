package dev.parley.adapters.outbound.postgres;

import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One database whose tables are as Parley needs them, for pieces of work that each take a
 * connection. A piece of work runs on a thread of its own: its caller can be cancelled, or give up
 * in time, while a connection is silent.
 */
final class Database implements AutoCloseable {

  private final PostgresSettings settings;
  private final Server server;
  private final Faults faults;
  private final Health health;
  private final Pool pool;
  private final Schema schema;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable CompletableFuture<Void> preparation;

  /** Work with a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  Database(PostgresSettings settings, Server server, Faults faults, Health health) {
    this.settings = settings;
    this.server = server;
    this.faults = faults;
    this.health = health;
    this.pool = new Pool(server, faults, settings);
    this.schema = new Schema(settings, faults, health);
  }

  Server server() {
    return server;
  }

  /** Connects and prepares the tables aside, so that the first call finds it done. */
  void prepareEarly() {
    var _ = prepare(Thread.ofPlatform().daemon().name("parley-postgres-connect")::start);
  }

  /**
   * Does work with a connection; waits for the request timeout at most. Work that finds its
   * connection broken is done again: it has to be work that may be repeated.
   */
  <T> T call(Work<T> work) {
    var call = new Call<>(work);
    Thread.ofVirtual().name("parley-postgres-call").start(call);
    return call.await();
  }

  /**
   * Does work with a connection on this thread. When the tables turn out to be missing they are
   * made and the work is done again, since then nothing of it has been done.
   *
   * @param deadline when to give up waiting for a connection, in {@link System#nanoTime()}
   */
  <T> T with(long deadline, Work<T> work) throws SQLException {
    try {
      return once(deadline, work);
    } catch (SQLException failure) {
      if (!Faults.isOfMissingTables(failure)) {
        throw failure;
      }
      forgetPreparation();
      return once(deadline, work);
    }
  }

  private <T> T once(long deadline, Work<T> work) throws SQLException {
    awaitPrepared(deadline);
    try (var connection = pool.borrow(deadline)) {
      var result = work.on(connection);
      health.answered();
      return result;
    }
  }

  long deadline() {
    return System.nanoTime() + settings.timeout().toNanos();
  }

  /** Waits until the tables are there; throws why they cannot be. */
  void awaitPrepared(long deadline) {
    var prepared = prepare(work -> Thread.ofVirtual().name("parley-postgres-connect").start(work));
    try {
      prepared.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw asBackendException(failed.getCause());
    } catch (TimeoutException late) {
      throw faults.tooSlow();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw faults.interrupted();
    }
  }

  private interface Starter {
    Thread start(Runnable work);
  }

  private CompletableFuture<Void> prepare(Starter starter) {
    lock.lock();
    try {
      var known = preparation;
      if (known == null || known.isCompletedExceptionally()) {
        var begun = new CompletableFuture<Void>();
        preparation = begun;
        starter.start(() -> prepareTables(begun));
        return begun;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private void forgetPreparation() {
    lock.lock();
    try {
      preparation = null;
    } finally {
      lock.unlock();
    }
  }

  private void prepareTables(CompletableFuture<Void> done) {
    try (var connection = pool.borrow(deadline())) {
      schema.prepare(connection);
      health.answered();
      done.complete(null);
    } catch (BackendException fault) {
      done.completeExceptionally(fault);
    } catch (SQLException failure) {
      done.completeExceptionally(faults.of(failure));
    } catch (Throwable bug) {
      done.completeExceptionally(bug);
    }
  }

  private BackendException asBackendException(@Nullable Throwable failure) {
    if (failure instanceof BackendException fault) {
      return fault;
    }
    if (failure instanceof SQLException known) {
      return faults.of(known);
    }
    return faults.unexpected(failure);
  }

  /** One piece of work, and whoever waits for it. */
  private final class Call<T> implements Runnable {

    private final Work<T> work;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private volatile @Nullable Connection connection;

    Call(Work<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        outcome.complete(result(deadline()));
      } catch (Throwable failure) {
        outcome.completeExceptionally(failure);
      }
    }

    private T result(long deadline) throws SQLException {
      // Every connection of the pool may be broken, if the server was away.
      for (var stale = settings.poolSize(); ; stale--) {
        try {
          return with(deadline, this::onBorrowed);
        } catch (SQLException failure) {
          if (!Faults.isOfConnection(failure) || stale == 0 || outcome.isDone()) {
            throw failure;
          }
        }
      }
    }

    private T onBorrowed(Connection borrowed) throws SQLException {
      connection = borrowed;
      return work.on(borrowed);
    }

    T await() {
      try {
        return outcome.get(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
      } catch (ExecutionException failed) {
        throw asBackendException(failed.getCause());
      } catch (TimeoutException late) {
        outcome.cancel(false);
        abandon();
        throw faults.tooSlow();
      } catch (InterruptedException cancelled) {
        Thread.currentThread().interrupt();
        throw faults.interrupted();
      }
    }

    /** Ends a connection that is silent, or too slow, so that it is not given to anybody else. */
    private void abandon() {
      var stuck = connection;
      if (stuck == null) {
        return;
      }
      try {
        stuck.abort(Runnable::run);
      } catch (SQLException alreadyClosed) {
        return;
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
