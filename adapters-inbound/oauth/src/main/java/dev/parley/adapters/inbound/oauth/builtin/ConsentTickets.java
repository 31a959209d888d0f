package dev.parley.adapters.inbound.oauth.builtin;

import dev.parley.domain.authorization.ClientId;
import dev.parley.domain.authorization.RegisteredClient;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the pages that were shown ask, each known by a secret of its own: what is decided is what
 * was shown, once, within ten minutes. Beyond 2,000 the oldest goes.
 */
final class ConsentTickets {

  private static final int MOST = 2_000;
  private static final int BYTES = 32;
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SecureRandom random = new SecureRandom();
  private final LinkedHashMap<String, Ticket> tickets = new LinkedHashMap<>();
  private final LongSupplier nanoTime;

  ConsentTickets(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * What the owner is asked.
   *
   * @param name as the client calls itself
   * @param challenge the S256 challenge of PKCE
   */
  record Ticket(
      String secret,
      ClientId client,
      String name,
      Callback callback,
      String challenge,
      long issuedAt) {}

  synchronized Ticket issue(RegisteredClient client, Callback callback, String challenge) {
    if (tickets.size() >= MOST) {
      tickets.pollFirstEntry();
    }
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    var ticket =
        new Ticket(secret, client.id(), client.name(), callback, challenge, nanoTime.getAsLong());
    tickets.put(secret, ticket);
    return ticket;
  }

  /** The ticket of this secret; null when it was decided, forgotten or never issued. */
  synchronized @Nullable Ticket find(String secret) {
    var found = tickets.get(secret);
    return found == null || nanoTime.getAsLong() - found.issuedAt() > LIFE.toNanos() ? null : found;
  }

  /** Ends a ticket; returns false when it was ended before. */
  synchronized boolean decide(Ticket ticket) {
    return tickets.remove(ticket.secret(), ticket);
  }
}
