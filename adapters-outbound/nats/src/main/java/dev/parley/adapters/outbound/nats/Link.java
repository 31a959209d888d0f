package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection up, from a thread of its own. The library's own way of reconnecting is not
 * used: it keeps what was published meanwhile and sends it later, when the caller was long told
 * that nothing came of it.
 */
final class Link implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofMillis(700);

  private final NatsSettings settings;
  private final String clientName;
  private final Faults faults;
  private final Health health;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable LinkListener listener;
  private @Nullable Session session;
  private @Nullable BackendException obstacle;
  private int attempts;
  private int failedAttempts;
  private boolean wanted;
  private boolean closed;

  Link(NatsSettings settings, String clientName, Faults faults, Health health) {
    this.settings = settings;
    this.clientName = clientName;
    this.faults = faults;
    this.health = health;
    // A platform thread: loading the library would hold up the one carrier of virtual threads.
    this.thread = Thread.ofPlatform().daemon().name("parley-nats-link").unstarted(this::keepUp);
  }

  /** Starts connecting. */
  void start(LinkListener whoListens) {
    listener = whoListens;
    thread.start();
  }

  /**
   * The connection; waits while one is being made, until an attempt that began after this call has
   * failed, or waiting would not help.
   *
   * @throws BackendException when there is none
   */
  Session session(Deadline deadline) {
    lock.lock();
    try {
      var before = attempts;
      while (session == null || session.hasEnded()) {
        if (closed) {
          throw faults.closed();
        }
        if (session == null && obstacle != null && counts(obstacle, before)) {
          throw faults.again(obstacle);
        }
        if (deadline.isOver()) {
          throw faults.noConnection();
        }
        wanted = true;
        changed.signalAll();
        var _ = changed.awaitNanos(deadline.left().toNanos());
      }
      return session;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw faults.interrupted();
    } finally {
      lock.unlock();
    }
  }

  // Who waits for a server to come back would not like to hear of the attempt before.
  private boolean counts(BackendException fault, int attemptsBefore) {
    return !(fault instanceof Unavailable) || failedAttempts > attemptsBefore;
  }

  /** Waits for a connection, also while attempts fail. */
  void awaitRecovery(Deadline deadline) {
    lock.lock();
    try {
      while ((session == null || session.hasEnded()) && !closed && !deadline.isOver()) {
        var _ = changed.awaitNanos(deadline.left().toNanos());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The connection, waited for as long as it takes; null when the link was closed. */
  @Nullable Session awaitSession(Consumer<BackendException> onObstacle)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while ((session == null || session.hasEnded()) && !closed) {
        if (session == null && obstacle != null) {
          onObstacle.accept(obstacle);
        }
        changed.await();
      }
      return closed ? null : session;
    } finally {
      lock.unlock();
    }
  }

  /** The connection if it is there at this moment. */
  @Nullable Session current() {
    lock.lock();
    try {
      return session;
    } finally {
      lock.unlock();
    }
  }

  private void keepUp() {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    Collection<String> known = List.of();
    try {
      while (!isClosed()) {
        var made = connect(known);
        if (made == null) {
          pause(backoff.next());
          continue;
        }
        backoff.reset();
        known = made.server().cluster();
        awaitEnd(made);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private @Nullable Session connect(Collection<String> known) throws InterruptedException {
    var events = new ConnectionEvents();
    begin();
    try (var options = new ConnectionOptions(settings, clientName, events)) {
      var connection = Nats.connect(options.build(known));
      options.keepUntil(events.ended());
      var made = new Session(connection, events, faults, listener());
      if (!up(made)) {
        made.close();
      }
      return made;
    } catch (IOException | IllegalArgumentException | IllegalStateException failure) {
      down(faults.ofConnecting(events, failure));
      return null;
    } catch (BackendException fault) {
      down(fault);
      return null;
    }
  }

  private void begin() {
    lock.lock();
    try {
      attempts++;
      wanted = false;
    } finally {
      lock.unlock();
    }
  }

  private LinkListener listener() {
    return Objects.requireNonNull(listener, "started with a listener");
  }

  private void awaitEnd(Session made) throws InterruptedException {
    try {
      made.ended().get();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
    Thread.startVirtualThread(made::close);
    lost();
    listener().lost();
  }

  private boolean up(Session made) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      session = made;
      obstacle = null;
      health.runs(made.server().version());
      health.answered();
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void lost() {
    lock.lock();
    try {
      session = null;
      if (!closed) {
        health.failed(faults.lost());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void down(BackendException fault) {
    health.failed(fault.getMessage());
    lock.lock();
    try {
      obstacle = fault;
      failedAttempts = attempts;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits before the next attempt, unless somebody needs a connection now. */
  private void pause(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanos = duration.toNanos();
      while (nanos > 0 && !wanted && !closed) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the connection; does not wait for a server that no longer answers. */
  @Override
  public void close() {
    Session last;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      last = session;
      session = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    if (last != null) {
      try {
        var _ = Thread.startVirtualThread(last::close).join(FAREWELL);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
