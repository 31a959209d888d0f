package dev.parley.adapters.outbound.xmpp;

import static dev.parley.adapters.outbound.xmpp.Namespaces.MUC_USER;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.parts.Resourcepart;

/** Being in a room, or on the way into it, over one connection. */
final class Membership {

  private final Session session;
  private final Occupants occupants = new Occupants();
  private final CompletableFuture<Xml> entered = new CompletableFuture<>();
  private volatile @Nullable Resourcepart nick;
  private volatile boolean showsAccounts;
  private volatile RoomState state;
  private volatile boolean strangers;
  private volatile boolean ready;
  private volatile boolean over;

  Membership(Session session, RoomState state) {
    this.session = session;
    this.state = state;
    this.showsAccounts = state.showsAccounts();
  }

  Session session() {
    return session;
  }

  RoomState state() {
    return state;
  }

  void state(RoomState now) {
    state = now;
    showsAccounts = now.showsAccounts();
  }

  Occupants occupants() {
    return occupants;
  }

  /** Completes with the own presence, or the refusal. */
  CompletableFuture<Xml> entered() {
    return entered;
  }

  /** The name that was asked for, or given. */
  @Nullable Resourcepart nick() {
    return nick;
  }

  void nick(Resourcepart name) {
    nick = name;
  }

  boolean isOwn(@Nullable String name) {
    var own = nick;
    return own != null && own.toString().equals(name);
  }

  boolean showsAccounts() {
    return showsAccounts;
  }

  /** What a presence in the room came to. */
  enum Turn {
    /** We are in. */
    ENTERED,
    /** We are no longer in. */
    PUT_OUT,
    /** Somebody else came or went, or we were refused. */
    NOTHING
  }

  /** A presence from the room. */
  Turn told(Xml presence) {
    if (Session.isError(presence)) {
      entered.complete(presence);
      return Turn.NOTHING;
    }
    var name = Reading.nick(presence);
    var user = presence.child("x", MUC_USER);
    if (name == null || user.isEmpty()) {
      return Turn.NOTHING;
    }
    var own = hasStatus(user.get(), "110");
    if ("unavailable".equals(presence.attribute("type"))) {
      occupants.left(name);
      return own || (isOwn(name) && user.get().child("destroy").isPresent())
          ? Turn.PUT_OUT
          : Turn.NOTHING;
    }
    occupants.came(name, Optional.ofNullable(Authors.account(user.get())));
    if (!own || entered.isDone()) {
      return Turn.NOTHING;
    }
    nick = Resourcepart.fromOrThrowUnchecked(name);
    if (hasStatus(user.get(), "100") || Entrance.isMade(presence)) {
      // Somebody may have set it up after we looked; or we do so now.
      showsAccounts = true;
    }
    entered.complete(presence);
    return Turn.ENTERED;
  }

  /**
   * The room tells when its occupants' accounts are shown, and when no longer.
   *
   * @return whether it shows them from now on, but has not told those of all who are in
   */
  boolean noteSettings(Xml message) {
    for (var user : message.all("x", MUC_USER)) {
      if (hasStatus(user, "173")) {
        showsAccounts = false;
      } else if (hasStatus(user, "172")) {
        showsAccounts = true;
        strangers = occupants.hasHidden();
      }
    }
    return strangers;
  }

  private static boolean hasStatus(Xml user, String code) {
    return user.all("status", MUC_USER).stream()
        .anyMatch(status -> code.equals(status.attribute("code")));
  }

  /** Whether somebody is in whose account the room would tell now. */
  boolean hasStrangers() {
    return strangers;
  }

  /** Asks who is in: to enter anew under the same name is answered with the presences of all. */
  void askWhoIsIn(RoomAddress room) throws Unanswered {
    var name = nick;
    strangers = false;
    if (name != null) {
      session.send(Entrance.presence(room, name));
    }
  }

  /** The room put us out, or forgot us. */
  void end() {
    over = true;
  }

  /** The room is as it has to be. */
  void ready() {
    ready = true;
  }

  /** Whether we are in, and the room is as it has to be. */
  boolean holds() {
    return ready && hasEntered();
  }

  /** Whether we are in, though the room may not be set up yet. */
  boolean hasEntered() {
    return !over
        && !session.hasEnded()
        && entered.isDone()
        && !entered.isCompletedExceptionally()
        && !Session.isError(entered.join());
  }
}
