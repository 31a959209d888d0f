package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.Backoff;
import dev.parley.adapters.outbound.support.Deadline;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a room that somebody has made and not set up yet, which Prosody lets nobody enter. Who
 * was killed meanwhile leaves it so for five minutes, or for as long as the server keeps that
 * session. The owner is the account and not the session, and so perhaps ours: then it is set up
 * here.
 */
final class LockedRoom {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Entrance entrance;
  private final Session session;
  private final RoomAddress room;
  private final Deadline patience = Deadline.in(PATIENCE);
  private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
  private @Nullable Refused refusal;
  private boolean isAnothers;

  LockedRoom(Entrance entrance, Session session, RoomAddress room) {
    this.entrance = entrance;
    this.session = session;
    this.room = room;
  }

  /** Waits a little before the next attempt to enter, and sets the room up when it takes long. */
  void await(Refused latest, Deadline deadline) throws Unanswered, Refused {
    refusal = latest;
    LockSupport.parkNanos(backoff.next().toNanos());
    if (isAnothers || !patience.isOver()) {
      return;
    }
    try {
      var _ = entrance.setUp(session, room, deadline);
    } catch (Unanswered unanswered) {
      throwIfWaitedFor(unanswered);
      throw unanswered;
    } catch (Refused refused) {
      if (!refused.is("forbidden")) {
        throw refused;
      }
      isAnothers = true;
    }
  }

  /** What to say when the time is over: that the room was locked, if it was. */
  void throwIfWaitedFor(Unanswered unanswered) throws Refused {
    if (refusal != null && unanswered.why() == Unanswered.Why.TOO_LATE) {
      throw refusal;
    }
  }
}
