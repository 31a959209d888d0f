package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.DELAY;
import static dev.parley.adapters.outbound.xmpp.Namespaces.MUC_USER;
import static dev.parley.adapters.outbound.xmpp.Namespaces.STANZA_IDS;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.LiveFeeds;
import dev.parley.adapters.outbound.xmpp.Unanswered.Why;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.parts.Resourcepart;

/** One room, as it goes on while connections come and go. */
final class Room {

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final int MOST_NICKS = 9;

  private final RoomAddress address;
  private final Reading reading;
  private final Entrance entrance;
  private final Faults faults;
  private final Resourcepart wanted;
  private final LiveFeeds feeds = new LiveFeeds();
  private final Changes changes = new Changes();
  private final Recent recent = new Recent();
  private final Map<String, CompletableFuture<Xml>> posts = new ConcurrentHashMap<>();
  private final ReentrantLock entering = new ReentrantLock();
  private volatile @Nullable Membership membership;
  private volatile Runnable onEnd = () -> {};
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

  /** Who has to know when we are no longer in. */
  void onEnd(Runnable listener) {
    onEnd = listener;
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
    entrance.checkService(session, deadline);
    var taken = 0;
    while (true) {
      var state = entrance.look(session, address, deadline);
      if (state.isPresent() && !state.get().hasArchive()) {
        throw faults.noArchive(address);
      }
      try {
        return enterAs(
            nick(taken), new Membership(session, state.orElseGet(RoomState::none)), deadline);
      } catch (Refused refused) {
        if (refused.is("conflict") && taken < MOST_NICKS) {
          taken++;
        } else if (refused.is("item-not-found") && !deadline.isOver()) {
          // Somebody else has made it and is setting it up.
          LockSupport.parkNanos(PAUSE.toNanos());
        } else {
          throw refused;
        }
      }
    }
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
    var presence = session.await(begun.entered(), deadline);
    if (Entrance.isMade(presence)) {
      begun.state(entrance.setUp(session, address, deadline));
      if (!begun.state().hasArchive()) {
        begun.end();
        throw faults.noArchive(address);
      }
    }
    return begun;
  }

  /** Awaits what the room makes of a post of this id. */
  CompletableFuture<Xml> expect(String id) {
    var outcome = new CompletableFuture<Xml>();
    posts.put(id, outcome);
    var _ = outcome.whenComplete((_, _) -> posts.remove(id, outcome));
    return outcome;
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
      settle(stanza);
    } else if ("groupchat".equals(stanza.attribute("type"))) {
      message(current, stanza);
    }
  }

  private void presence(Membership current, Xml presence) {
    var nick = Reading.nick(presence);
    if (Session.isError(presence)) {
      current.entered().complete(presence);
      return;
    }
    var user = presence.child("x", MUC_USER);
    if (nick == null || user.isEmpty()) {
      return;
    }
    var own = hasStatus(user.get(), "110");
    if ("unavailable".equals(presence.attribute("type"))) {
      current.occupants().left(nick);
      if (own || (current.isOwn(nick) && user.get().child("destroy").isPresent())) {
        ended(current);
      }
      return;
    }
    current.occupants().came(nick, Optional.ofNullable(Authors.account(user.get())));
    if (own && !current.entered().isDone()) {
      current.nick(Resourcepart.fromOrThrowUnchecked(nick));
      if (hasStatus(user.get(), "100") || Entrance.isMade(presence)) {
        // Somebody may have set it up after we looked; or we do so now.
        current.showsAccounts(true);
      }
      current.entered().complete(presence);
      feeds.up();
    }
  }

  private static boolean hasStatus(Xml user, String code) {
    return user.all("status", MUC_USER).stream()
        .anyMatch(status -> code.equals(status.attribute("code")));
  }

  private void settle(Xml answer) {
    var id =
        answer
            .child("origin-id", STANZA_IDS)
            .map(origin -> origin.attribute("id"))
            .orElse(answer.attribute("id"));
    var post = id == null ? null : posts.get(id);
    if (post != null) {
      post.complete(answer);
    }
  }

  private void message(Membership current, Xml message) {
    var nick = Reading.nick(message);
    if (nick == null) {
      noteSettings(current, message);
    }
    var id = reading.archiveId(message);
    if (!current.entered().isDone() || (id.isEmpty() && isPlayedBack(message))) {
      return;
    }
    if (id.isPresent() && recent.isNew(id.get())) {
      told(current, nick, new Stored(id.get(), Instant.now(), message));
    }
    if (nick != null && current.isOwn(nick)) {
      settle(message);
    }
  }

  private void told(Membership current, @Nullable String nick, Stored stored) {
    var account =
        nick == null || !current.showsAccounts()
            ? null
            : current.occupants().account(nick).orElse(null);
    var entry = reading.read(stored, account);
    changes.note(entry);
    if (entry instanceof Entry.Said said) {
      recent.add(said.message());
      feeds.message(said.message());
    }
  }

  private static boolean isPlayedBack(Xml message) {
    return message.child("delay", DELAY).isPresent();
  }

  /** The room tells when its occupants' accounts are shown, and when no longer. */
  private static void noteSettings(Membership current, Xml message) {
    message.all("x", MUC_USER).stream()
        .flatMap(x -> x.all("status", MUC_USER).stream())
        .map(status -> Objects.requireNonNullElse(status.attribute("code"), ""))
        .forEach(code -> {
          if (code.equals("172") || code.equals("173")) {
            current.showsAccounts(code.equals("172"));
          }
        });
  }

  /** The room no longer has us. */
  void ended(Membership gone) {
    gone.end();
    gone.entered().completeExceptionally(new IOException("put out"));
    onEnd.run();
  }

  /** A connection is gone, and with it what was on its way. */
  void lost(Session session) {
    var current = membership;
    if (current != null && current.session().equals(session)) {
      var cause = new IOException("the connection is gone");
      current.entered().completeExceptionally(cause);
      posts.values().forEach(post -> post.completeExceptionally(cause));
      onEnd.run();
    }
  }
}
