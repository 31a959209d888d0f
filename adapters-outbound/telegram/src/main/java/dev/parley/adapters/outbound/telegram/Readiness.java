package dev.parley.adapters.outbound.telegram;

import dev.parley.ports.BackendException.RateLimited;
import dev.parley.ports.BackendException.Unavailable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Whether a chat can be served: asked once per chat, before it is first used. A bot that would see
 * but a part of what is said refuses to serve, since nobody would notice what is missing.
 */
final class Readiness {

  private final ChatCheck check;
  private final StoreFile store;
  private final Poller poller;
  private final Set<Long> ready = ConcurrentHashMap.newKeySet();

  Readiness(ChatCheck check, StoreFile store, Poller poller) {
    this.check = check;
    this.store = store;
    this.poller = poller;
  }

  /** Waits until it is known how polling goes; the first operation of a session does. */
  void awaitStart() {
    poller.awaitVerdict();
  }

  /** Throws what somebody has to put right; that Telegram cannot be asked just now is no reason. */
  void require(long chat) {
    awaitStart();
    var state = store.read((connection, _) -> Polling.state(connection));
    var error = state.error();
    if (error != null && state.needsSomebody()) {
      throw error;
    }
    if (error == null && !ready.contains(chat)) {
      ask(chat);
    }
  }

  private void ask(long chat) {
    try {
      check.check(
          store.read((connection, _) -> Rooms.chatOf(connection, Rooms.roomOf(connection, chat))));
      ready.add(chat);
    } catch (Unavailable | RateLimited askedAgainLater) {
      return;
    }
  }
}
