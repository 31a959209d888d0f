package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Health;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the bot logged in. JDA resumes a session whose connection was cut; one that Discord has
 * forgotten, or that is not back soon, is replaced, since JDA's own attempts come ever more seldom.
 */
final class Link implements Rest.Sessions, AutoCloseable {

  private static final Duration TIME_TO_RESUME = Duration.ofMillis(1_500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
  private static final Duration PAUSE_WHEN_REFUSED = Duration.ofSeconds(30);

  /** Who hears what happens. */
  interface Listener {
    /** A message was posted somewhere. */
    void posted(DataObject message);

    /** Messages come from now on; some may have been missed. */
    void up();

    /** No messages come. */
    void down(BackendException why);
  }

  private final Login login;
  private final Faults faults;
  private final Health health;
  private final Listener listener;
  private final Thread keeper;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Session session;
  private @Nullable BackendException fault;
  private boolean closed;

  Link(Login login, Faults faults, Health health, Listener listener) {
    this.login = login;
    this.faults = faults;
    this.health = health;
    this.listener = listener;
    this.keeper = Thread.ofVirtual().name("parley-discord-link").unstarted(this::keep);
  }

  void start() {
    keeper.start();
  }

  @Override
  public Session session(Deadline deadline) {
    lock.lock();
    try {
      while (true) {
        if (closed) {
          throw faults.closed();
        }
        if (session != null) {
          return session;
        }
        if (fault != null && (Faults.isLasting(fault) || deadline.isOver())) {
          throw faults.again(fault);
        }
        if (deadline.isOver()) {
          throw faults.unavailable((Throwable) null);
        }
        var _ = changed.awaitNanos(deadline.left().toNanos());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw faults.unavailable(interrupted);
    } finally {
      lock.unlock();
    }
  }

  /** The session of this moment; null for none. */
  @Nullable Session current() {
    lock.lock();
    try {
      return session;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until messages come; false when they do not in time. */
  boolean awaitLive(Deadline deadline) {
    lock.lock();
    try {
      while (!isLive()) {
        if (fault != null && Faults.isLasting(fault)) {
          throw faults.again(fault);
        }
        if (deadline.isOver()) {
          return false;
        }
        var _ = changed.awaitNanos(deadline.left().toNanos());
      }
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private void keep() {
    var backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    while (!isClosed()) {
      try {
        replaceUnlessLive();
        backoff.reset();
        awaitLoss();
      } catch (BackendException failed) {
        failed(failed);
        pause(Faults.isLasting(failed) ? PAUSE_WHEN_REFUSED : backoff.next());
      } catch (InterruptedException interrupted) {
        return;
      }
    }
  }

  private void replaceUnlessLive() {
    lock.lock();
    try {
      if (isLive()) {
        return;
      }
    } finally {
      lock.unlock();
    }
    var next = login.logIn(new GatewayEvents(new Reports()));
    health.answered();
    Session former;
    lock.lock();
    try {
      former = closed ? next : session;
      session = closed ? null : next;
      fault = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (former != null) {
      // What it still has to send is sent; its events have an end.
      Thread.startVirtualThread(former.jda()::shutdown);
    }
    if (next.events().state() == GatewayEvents.State.LIVE) {
      listener.up();
    }
  }

  private boolean isLive() {
    return session != null && session.events().state() == GatewayEvents.State.LIVE;
  }

  /** Returns when the session is to be replaced. */
  private void awaitLoss() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        var held = session;
        if (held == null) {
          return;
        }
        switch (held.events().state()) {
          case LIVE -> changed.await();
          case CONNECTING, LOST -> {
            if (!comesBack(held)) {
              return;
            }
          }
          case INVALID -> {
            return;
          }
          case ENDED -> {
            session = null;
            throw faults.ofClose(held.events().closeCode());
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean comesBack(Session held) throws InterruptedException {
    var before = held.events().state();
    var patience = before == GatewayEvents.State.LOST ? TIME_TO_RESUME : PAUSE_WHEN_REFUSED;
    var nanos = patience.toNanos();
    while (held.events().state() == before && nanos > 0 && !closed) {
      nanos = changed.awaitNanos(nanos);
    }
    return held.events().state() != before;
  }

  private void failed(BackendException why) {
    health.failed(why.getMessage());
    lock.lock();
    try {
      fault = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    listener.down(why);
  }

  private void pause(Duration duration) {
    lock.lock();
    try {
      var nanos = duration.toNanos();
      while (nanos > 0 && !closed && !isLive()) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
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

  /** Logs out; waits two seconds at most. */
  @Override
  public void close() {
    Session last;
    lock.lock();
    try {
      closed = true;
      last = session;
      session = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    keeper.interrupt();
    login.breakOff();
    Farewell.to(last);
    login.close();
  }

  /** What any of the sessions reports: a former one may still hand over messages. */
  private final class Reports implements GatewayEvents.Listener {
    @Override
    public void posted(DataObject message) {
      listener.posted(message);
    }

    @Override
    public void changed(GatewayEvents events) {
      lock.lock();
      try {
        if (closed) {
          return;
        }
        changed.signalAll();
        if (session != null && session.events() != events) {
          return;
        }
      } finally {
        lock.unlock();
      }
      switch (events.state()) {
        case LIVE -> listener.up();
        case LOST, INVALID -> listener.down(faults.gatewayLost());
        case CONNECTING, ENDED -> {}
      }
    }
  }
}
