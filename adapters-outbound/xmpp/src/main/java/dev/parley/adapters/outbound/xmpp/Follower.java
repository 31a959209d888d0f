package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.PING;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.LiveBackoff;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Sees to it that we are in a room as long as somebody listens to it. */
final class Follower {

  private static final Duration SHORT_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final Room room;
  private final Link link;
  private final Faults faults;
  private final Duration timeout;
  private final Thread thread =
      Thread.ofVirtual().name("parley-xmpp-follower").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean ended;

  Follower(Room room, Link link, Faults faults, Duration timeout) {
    this.room = room;
    this.link = link;
    this.faults = faults;
    this.timeout = timeout;
    room.onChange(this::wake);
  }

  void start() {
    thread.start();
  }

  private void run() {
    var backoff = new LiveBackoff();
    try {
      for (var session = link.awaitSession(room::down);
          session != null && !hasEnded();
          session = link.awaitSession(room::down)) {
        var fault = follow(session, backoff);
        if (fault != null) {
          room.down(fault);
          pause(backoff.next(fault));
        }
      }
    } catch (InterruptedException _) {
      // Nobody listens any more.
    }
  }

  /** Stays in the room as long as it goes; gives what kept us out of it, if anything did. */
  private @Nullable BackendException follow(Session session, LiveBackoff backoff)
      throws InterruptedException {
    try {
      var membership = room.enter(session, Deadline.in(timeout));
      backoff.reset();
      stay(membership);
      if (session.hasEnded()) {
        room.down(faults.disconnected());
        return null;
      }
      return faults.putOut(room.address());
    } catch (Unanswered unanswered) {
      return faults.of(unanswered);
    } catch (Refused refused) {
      return faults.ofEntering(refused, room.address());
    } catch (BackendException fault) {
      return fault;
    }
  }

  private void stay(Membership membership) throws InterruptedException {
    while (membership.holds() && !hasEnded()) {
      pauseIn(membership, LONGEST_SILENCE.minus(room.silence()));
      if (membership.holds() && membership.hasStrangers()) {
        askWhoIsIn(membership);
      }
      if (membership.holds() && room.silence().compareTo(LONGEST_SILENCE) >= 0) {
        checkThatWeAreIn(membership);
      }
    }
  }

  private void askWhoIsIn(Membership membership) throws InterruptedException {
    try {
      membership.askWhoIsIn(room.address());
    } catch (Unanswered _) {
      // The connection has its own check.
      pause(SHORT_PAUSE);
    }
  }

  /** Pings ourselves through the room (XEP-0410). */
  private void checkThatWeAreIn(Membership membership) throws InterruptedException {
    var nick = membership.nick();
    if (nick == null) {
      return;
    }
    try {
      var ping = Request.get(room.address().occupant(nick), "ping", PING);
      var _ = membership.session().ask(ping, Deadline.in(timeout));
      room.heard();
    } catch (Refused refused) {
      if (refused.is("not-acceptable")) {
        room.ended(membership);
      } else {
        room.heard();
      }
    } catch (Unanswered _) {
      // The connection has its own check.
      pause(SHORT_PAUSE);
    }
  }

  private void pause(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var nanos = duration.toNanos();
      while (!ended && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private void pauseIn(Membership membership, Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      // Looked at under the lock, so that nobody's wake is missed.
      var nanos = duration.toNanos();
      while (!ended && membership.holds() && !membership.hasStrangers() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody listens any more. */
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
  }

  void join(Duration atMost) throws InterruptedException {
    var _ = thread.join(atMost);
  }
}
