package dev.parley.adapters.outbound.xmpp;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in a room under which nick, as the room tells. */
final class Occupants {

  // An occupant whose account is hidden.
  private static final String HIDDEN = "";

  private final Map<String, String> accounts = new ConcurrentHashMap<>();

  void came(String nick, Optional<String> account) {
    accounts.put(nick, account.orElse(HIDDEN));
  }

  void left(String nick) {
    accounts.remove(nick);
  }

  /** The account behind a nick. */
  Optional<String> account(String nick) {
    return Optional.ofNullable(accounts.get(nick)).filter(account -> !account.isEmpty());
  }

  /** Whether the account of anybody is hidden. */
  boolean hasHidden() {
    return accounts.containsValue(HIDDEN);
  }

  /** The account of whoever goes by this name, whatever its case. */
  Optional<String> named(String name) {
    return accounts.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name) && !entry.getValue().isEmpty())
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
