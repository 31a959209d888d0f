package dev.parley.adapters.inbound.oauth.builtin;

import dev.parley.adapters.inbound.oauth.builtin.Authorization.Pending;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the pages that were shown ask, each known by a secret of its own: what is decided is what
 * was shown, once, within ten minutes. Beyond 1,000 the oldest goes.
 */
final class ConsentTickets {

  private static final int MOST = 1_000;
  private static final int BYTES = 32;
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SecureRandom random = new SecureRandom();
  private final LinkedHashMap<String, Ticket> tickets = new LinkedHashMap<>();

  private record Ticket(Pending pending, long issuedAt) {}

  synchronized String issue(Pending pending) {
    if (tickets.size() >= MOST) {
      tickets.pollFirstEntry();
    }
    var secret = new byte[BYTES];
    random.nextBytes(secret);
    var ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    tickets.put(ticket, new Ticket(pending, System.nanoTime()));
    return ticket;
  }

  /** What the page of this ticket asked; null when it was decided, forgotten or never shown. */
  synchronized @Nullable Pending take(String ticket) {
    var found = tickets.remove(ticket);
    return found == null || System.nanoTime() - found.issuedAt() > LIFE.toNanos()
        ? null
        : found.pending();
  }
}
