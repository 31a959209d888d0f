package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.adapters.outbound.xmpp.Unanswered.Why;
import dev.parley.ports.BackendException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.parts.Resourcepart;

/** One room, as it goes on while connections come and go. */
final class Room {

  private static final int MOST_NICKS = 9;

  private final RoomAddress address;
  private final Reading reading;
  private final Entrance entrance;
  private final Faults faults;
  private final Resourcepart wanted;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Changes changes = new Changes();
  private final Recent recent = new Recent();
  private final PostsUnderWay posts = new PostsUnderWay();
  private final Hearing hearing;
  private final ReentrantLock entering = new ReentrantLock();
  private volatile @Nullable Membership membership;
  private volatile Runnable onChange = () -> {};
  private volatile long heardAt = System.nanoTime();

  /**
   * A room that nobody has entered.
   *
   * @param wanted the nick to enter under
   */
  Room(
      RoomAddress address, Reading reading, Entrance entrance, Faults faults, Resourcepart wanted) {
    this.address = address;
    this.reading = reading;
    this.entrance = entrance;
    this.faults = faults;
    this.wanted = wanted;
    this.hearing = new Hearing(reading, feeds, changes, recent);
  }

  RoomAddress address() {
    return address;
  }

  Reading reading() {
    return reading;
  }

  LiveFeeds feeds() {
    return feeds;
  }

  Changes changes() {
    return changes;
  }

  Recent recent() {
    return recent;
  }

  /** Who has to know when we are no longer in, or no longer know who else is. */
  void onChange(Runnable listener) {
    onChange = listener;
  }

  /** How long nothing has come from the room. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - heardAt);
  }

  /** The room has answered. */
  void heard() {
    heardAt = System.nanoTime();
  }

  /** Being in the room at this moment. */
  Optional<Membership> membership() {
    return Optional.ofNullable(membership).filter(Membership::holds);
  }

  /** Enters, unless we are in; makes the room when there is none. */
  Membership enter(Session session, Deadline deadline) throws Unanswered, Refused {
    var current = membership;
    if (current != null && current.session().equals(session) && current.holds()) {
      return current;
    }
    try {
      if (!entering.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new Unanswered(Why.TOO_LATE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Unanswered(Why.INTERRUPTED);
    }
    try {
      var meanwhile = membership;
      return meanwhile != null && meanwhile.session().equals(session) && meanwhile.holds()
          ? meanwhile
          : enterAnew(session, deadline);
    } finally {
      entering.unlock();
    }
  }

  private Membership enterAnew(Session session, Deadline deadline) throws Unanswered, Refused {
    var begun = membership;
    if (begun != null && begun.session().equals(session) && begun.hasEntered()) {
      return finish(begun, deadline);
    }
    entrance.checkService(session, deadline);
    var locked = new LockedRoom(entrance, session, address);
    var taken = 0;
    while (true) {
      try {
        return enterAs(nick(taken), look(session, deadline), deadline);
      } catch (Unanswered unanswered) {
        locked.throwIfWaitedFor(unanswered);
        throw unanswered;
      } catch (Refused refused) {
        if (refused.is("conflict") && taken < MOST_NICKS) {
          taken++;
        } else if (refused.is("item-not-found") && !deadline.isOver()) {
          locked.await(refused, deadline);
        } else {
          throw refused;
        }
      }
    }
  }

  private Membership look(Session session, Deadline deadline) throws Unanswered, Refused {
    var state = entrance.look(session, address, deadline);
    if (state.isPresent() && !state.get().hasArchive()) {
      throw faults.noArchive(address);
    }
    return new Membership(session, state.orElseGet(RoomState::none));
  }

  private Resourcepart nick(int taken) {
    return taken == 0
        ? wanted
        : Resourcepart.fromOrThrowUnchecked("%s-%d".formatted(wanted, taken + 1));
  }

  private Membership enterAs(Resourcepart nick, Membership begun, Deadline deadline)
      throws Unanswered, Refused {
    var session = begun.session();
    begun.nick(nick);
    membership = begun;
    if (session.hasEnded()) {
      throw new Unanswered(Why.NOT_SENT);
    }
    session.send(Entrance.presence(address, nick));
    var _ = session.await(begun.entered(), deadline);
    return finish(begun, deadline);
  }

  /** Sets the room up if we made it; what is said before, nobody can vouch for later. */
  private Membership finish(Membership begun, Deadline deadline) throws Unanswered, Refused {
    var session = begun.session();
    if (Entrance.isMade(session.await(begun.entered(), deadline))) {
      begun.state(entrance.setUp(session, address, deadline));
      if (!begun.state().hasArchive()) {
        begun.end();
        throw faults.noArchive(address);
      }
    }
    begun.ready();
    return begun;
  }

  /** Awaits what the room makes of a post of this id. */
  CompletableFuture<Xml> expect(String id) {
    return posts.expect(id);
  }

  /** A stanza from the room; by one thread, in order. */
  void received(Session session, Xml stanza) {
    heard();
    var current = membership;
    if (current == null || !current.session().equals(session)) {
      return;
    }
    if (stanza.name().equals("presence")) {
      presence(current, stanza);
    } else if (Session.isError(stanza)) {
      posts.settle(stanza);
    } else if ("groupchat".equals(stanza.attribute("type"))) {
      message(current, stanza);
    }
  }

  private void presence(Membership current, Xml presence) {
    switch (current.told(presence)) {
      case ENTERED -> up();
      case PUT_OUT -> ended(current);
      case NOTHING -> {}
    }
  }

  private void message(Membership current, Xml message) {
    var nick = Reading.nick(message);
    if (nick == null && current.noteSettings(message)) {
      onChange.run();
    }
    if (!current.entered().isDone()) {
      return;
    }
    hearing.heard(current, nick, message);
    if (nick != null && current.isOwn(nick)) {
      posts.settle(message);
    }
  }

  /** The room no longer has us. */
  void ended(Membership gone) {
    gone.end();
    gone.entered().completeExceptionally(new IOException("put out"));
    onChange.run();
  }

  /** The connection goes on as if it had never broken. */
  void resumed(Session session) {
    var current = membership;
    if (current != null && current.session().equals(session) && current.hasEntered()) {
      up();
    }
  }

  private void up() {
    synchronized (feeds) {
      feeds.up();
    }
  }

  /** The live path is down, unless it is up again by the time that this is told. */
  void down(BackendException why) {
    synchronized (feeds) {
      var current = membership;
      if (current == null || !current.hasEntered() || !current.session().isUp()) {
        feeds.down(why);
      }
    }
  }

  /** A connection is gone, and with it what was on its way. */
  void lost(Session session) {
    var current = membership;
    if (current != null && current.session().equals(session)) {
      var cause = new IOException("the connection is gone");
      current.entered().completeExceptionally(cause);
      posts.lost(cause);
      onChange.run();
    }
  }
}
