package dev.parley.adapters.outbound.sqlite;

import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.ports.BackendException.Unavailable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A few platform threads that read, each over a connection of its own; started when needed. The
 * driver's calls would pin the virtual threads that call this backend to their carriers, of which
 * there are as few as processors.
 */
final class Readers implements AutoCloseable {

  private static final int MOST_THREADS = 3;
  private static final Duration LAST_READ = Duration.ofSeconds(1);

  private final Database database;
  private final Faults faults;
  private final SqliteSettings settings;
  private final LinkedBlockingQueue<Job<?>> waiting = new LinkedBlockingQueue<>();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger callers = new AtomicInteger();
  private volatile boolean closed;

  Readers(Database database, Faults faults, SqliteSettings settings) {
    this.database = database;
    this.faults = faults;
    this.settings = settings;
  }

  /** Something to read. */
  interface Reading<T> {
    T from(Pages pages) throws SQLException;
  }

  private record Job<T>(Reading<T> reading, CompletableFuture<T> answer) {

    void runOn(Session session) {
      if (answer.isDone()) {
        return;
      }
      try {
        answer.complete(session.read(reading));
      } catch (Throwable failure) {
        answer.completeExceptionally(failure);
      }
    }
  }

  /** Reads on one of the threads; waits for the request timeout at most. */
  <T> T read(Reading<T> reading) {
    var answer = new CompletableFuture<T>();
    if (callers.incrementAndGet() > threads.size()) {
      startThread();
    }
    waiting.add(new Job<>(reading, answer));
    if (closed) {
      answer.completeExceptionally(faults.closed());
    }
    try {
      return Deadlines.get(answer, settings.timeout());
    } catch (TimeoutException late) {
      throw faults.tooSlow();
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
      throw new Unavailable("the reading was cancelled", null, cancelled);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IllegalStateException(failure);
    } finally {
      answer.cancel(false);
      callers.decrementAndGet();
    }
  }

  /**
   * Copies the write-ahead log into the database, as far as nobody is hindered; returns at once.
   */
  void copyLog() {
    startThread();
    waiting.add(new Job<>(Pages::copyLog, new CompletableFuture<>()));
  }

  private synchronized void startThread() {
    if (!closed && threads.size() < MOST_THREADS) {
      threads.add(Thread.ofPlatform().daemon().name("parley-sqlite-reader").start(this::work));
    }
  }

  private void work() {
    var session = new Session();
    try {
      while (!closed) {
        waiting.take().runOn(session);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } finally {
      session.drop();
    }
  }

  /** One thread's connection, renewed when the file changed or a read failed. */
  private final class Session {

    private @Nullable Link link;
    private @Nullable Pages pages;

    <T> T read(Reading<T> reading) {
      try {
        return Patience.whileBusy(settings.patience(), () -> reading.from(current()));
      } catch (SQLException failure) {
        drop();
        throw faults.of(failure);
      }
    }

    private Pages current() throws SQLException {
      if (link != null && pages != null && link.isCurrent()) {
        return pages;
      }
      drop();
      link = database.connect();
      pages = new Pages(link);
      return pages;
    }

    void drop() {
      if (link != null) {
        link.close();
      }
      link = null;
      pages = null;
    }
  }

  /** Ends the threads; each closes its connection after the read it is at. */
  @Override
  public synchronized void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    waiting.forEach(job -> job.answer().completeExceptionally(faults.closed()));
    threads.forEach(Readers::joinBriefly);
  }

  private static void joinBriefly(Thread thread) {
    try {
      thread.join(LAST_READ);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
