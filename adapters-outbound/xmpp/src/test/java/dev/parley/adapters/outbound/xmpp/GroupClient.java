package dev.parley.adapters.outbound.xmpp;

import java.util.HashSet;
import java.util.Set;

/** A client that enters rooms under one nick, each once. */
record GroupClient(RawClient client, String nick, Set<String> entered) implements AutoCloseable {

  GroupClient(RawClient client, String nick) {
    this(client, nick, new HashSet<>());
  }

  /** In this room. */
  GroupClient in(String room) {
    if (entered.add(room)) {
      client.join(room, nick);
    }
    return this;
  }

  @Override
  public void close() {
    client.close();
  }
}
