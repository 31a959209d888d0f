package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.adapters.outbound.xmpp.Unanswered.Why;
import dev.parley.ports.BackendException;
import dev.parley.ports.BackendException.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jspecify.annotations.Nullable;

/** Keeps one connection up, from a thread of its own. */
final class Link implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration FAREWELL = Duration.ofSeconds(2);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(8);

  private final XmppSettings settings;
  private final Session.Listener listener;
  private final Faults faults;
  private final Health health;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Session session;
  private @Nullable BackendException obstacle;
  private int attempts;
  private int failedAttempts;
  private boolean wanted;
  private boolean closed;

  Link(XmppSettings settings, Session.Listener listener, Faults faults, Health health) {
    this.settings = settings;
    this.listener = listener;
    this.faults = faults;
    this.health = health;
    // A platform thread: loading the library would hold up the one carrier of virtual threads.
    this.thread = Thread.ofPlatform().daemon().name("parley-xmpp-link").unstarted(this::keepUp);
  }

  /** Starts connecting. */
  void start() {
    thread.start();
  }

  /** One way to ask what changes nothing. */
  interface Question<T> {
    T ask(Session session, Deadline attempt) throws Unanswered, Refused;
  }

  /** Asks what may be asked more than once, again when the connection breaks meanwhile. */
  <T> T ask(Deadline deadline, Question<T> question) throws Refused {
    while (true) {
      var current = session(deadline);
      try {
        return question.ask(current, deadline);
      } catch (Unanswered unanswered) {
        if (deadline.isOver() || unanswered.why() == Why.INTERRUPTED) {
          throw faults.of(unanswered);
        }
      }
    }
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
      while (session == null || !session.isUp()) {
        if (closed) {
          throw faults.closed();
        }
        if (obstacle != null && counts(obstacle, before)) {
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

  /** The connection, waited for as long as it takes; null when the link was closed. */
  @Nullable Session awaitSession(Consumer<BackendException> onObstacle)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while ((session == null || !session.isUp()) && !closed) {
        if (obstacle != null) {
          onObstacle.accept(obstacle);
        }
        changed.await();
      }
      return closed ? null : session;
    } finally {
      lock.unlock();
    }
  }

  private void keepUp() {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    try {
      while (!isClosed()) {
        var made = connect();
        if (made == null) {
          pause(backoff.next());
          continue;
        }
        backoff.reset();
        awaitEnd(made);
      }
    } catch (InterruptedException _) {
      // Closed.
    }
  }

  private @Nullable Session connect() throws InterruptedException {
    begin();
    try {
      var made = new Session(settings, listener);
      made.open();
      if (!up(made)) {
        made.close();
      }
      return made;
    } catch (SmackException | XMPPException | IOException | RuntimeException failure) {
      down(faults.ofConnecting(failure));
      return null;
    }
  }

  /** Waits for the end of a connection; when nothing is heard, asks whether it is still there. */
  private void awaitEnd(Session made) throws InterruptedException {
    while (!made.hasEnded()) {
      made.awaitTrouble(LOOK);
      if (!made.isUp()) {
        resume(made);
      } else if (made.silence().compareTo(LONGEST_SILENCE) > 0) {
        made.checkAlive(Deadline.in(settings.attempt()));
      }
    }
    Thread.startVirtualThread(made::close);
    lost();
  }

  /** Goes on with a connection that broke, if its server does. */
  private void resume(Session broken) throws InterruptedException {
    health.failed(faults.lost());
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    while (!broken.isUp() && !broken.hasEnded() && !isClosed()) {
      pause(backoff.next());
      begin();
      try {
        broken.resume();
        up(broken);
      } catch (SmackException | XMPPException | IOException | RuntimeException failure) {
        if (!broken.hasEnded()) {
          down(faults.ofConnecting(failure));
        }
      }
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

  private boolean up(Session made) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      session = made;
      obstacle = null;
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
    try {
      if (last != null) {
        last.close();
      }
      var _ = thread.join(FAREWELL);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
