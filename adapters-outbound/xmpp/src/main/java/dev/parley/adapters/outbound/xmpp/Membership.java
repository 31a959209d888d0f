package dev.parley.adapters.outbound.xmpp;

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

  void showsAccounts(boolean everybodySees) {
    showsAccounts = everybodySees;
  }

  /** The room put us out, or forgot us. */
  void end() {
    over = true;
  }

  /** Whether we are in. */
  boolean holds() {
    return !over && !session.hasEnded() && entered.isDone() && !entered.isCompletedExceptionally();
  }
}
