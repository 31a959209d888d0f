package dev.parley.adapters.outbound.matrix;

import java.util.Set;

/** The accounts whose word about a sender is taken: Parley's own, and those that were named. */
final class Bridges {

  private final Set<String> named;
  private final Account account;

  Bridges(MatrixSettings settings, Account account) {
    this.named = Set.copyOf(settings.bridgeAccounts());
    this.account = account;
  }

  boolean include(String userId) {
    var session = account.known();
    return named.contains(userId) || (session != null && session.userId().equals(userId));
  }
}
