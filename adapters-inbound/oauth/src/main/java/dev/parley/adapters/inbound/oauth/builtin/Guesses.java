package dev.parley.adapters.inbound.oauth.builtin;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Bounds the wrong passphrases: 5 in ten minutes from one address, and 6 a minute from all
 * strangers together, however many addresses they have. Right ones do not count.
 *
 * <p>So that strangers cannot lock the owner out, the second limit is not for those who are none:
 * the machine itself, and addresses from which the right passphrase has come since the start.
 */
final class Guesses {

  private static final int MOST_OF_ONE = 5;
  private static final int MOST_OF_STRANGERS = 6;
  private static final int MOST_KNOWN = 100;
  private static final String STRANGERS = "strangers";

  /**
   * Reached through a tunnel too, or by a proxy that is not trusted: one client for all of them.
   */
  private static final Set<String> MACHINE_ITSELF =
      Set.of(
          RateLimit.client(InetAddress.ofLiteral("127.0.0.1")),
          RateLimit.client(InetAddress.ofLiteral("::1")));

  private final RateLimit ofOne;
  private final RateLimit ofStrangers;
  private final LinkedHashSet<String> known = new LinkedHashSet<>();

  Guesses(LongSupplier nanoTime) {
    this.ofOne = new RateLimit(MOST_OF_ONE, Duration.ofMinutes(10), nanoTime);
    this.ofStrangers = new RateLimit(MOST_OF_STRANGERS, Duration.ofMinutes(1), nanoTime);
  }

  /** Whether a guess may be made. */
  enum Leave {
    GIVEN,
    /** This address has guessed too often. */
    WAIT_TEN_MINUTES,
    /** Strangers have guessed too often. */
    WAIT_A_MINUTE
  }

  /** Takes one of the guesses that are left, before it is known whether it is right. */
  synchronized Leave take(String client) {
    if (!ofOne.admits(client)) {
      return Leave.WAIT_TEN_MINUTES;
    }
    if (isStranger(client) && !ofStrangers.admits(STRANGERS)) {
      ofOne.giveBack(client);
      return Leave.WAIT_A_MINUTE;
    }
    return Leave.GIVEN;
  }

  /** The guess that was taken last was right: it does not count, and the client is no stranger. */
  synchronized void wasRight(String client) {
    ofOne.giveBack(client);
    if (isStranger(client)) {
      ofStrangers.giveBack(STRANGERS);
      if (known.size() >= MOST_KNOWN) {
        known.removeFirst();
      }
      known.add(client);
    }
  }

  private boolean isStranger(String client) {
    return !known.contains(client) && !MACHINE_ITSELF.contains(client);
  }
}
