package dev.parley.adapters.outbound.nats;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Consumers that stand where a page ended, one for each stream: whoever reads on from there need
 * not make another.
 */
final class PullConsumers {

  /** How long the server keeps a consumer that nobody asks. */
  static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(5);

  private static final Duration TRUSTED_FOR = FORGOTTEN_AFTER.dividedBy(2);

  private final Map<String, Standing> standing = new ConcurrentHashMap<>();

  /**
   * A consumer that is asked no more for now.
   *
   * @param next the sequence from which it delivers
   */
  private record Standing(String name, long next, long since) {

    boolean isAt(long sequence) {
      return next == sequence && System.nanoTime() - since < TRUSTED_FOR.toNanos();
    }
  }

  /** Takes the consumer that delivers from this sequence on, if there is one. */
  Optional<String> take(String stream, long from) {
    var found = standing.get(stream);
    return found != null && found.isAt(from) && standing.remove(stream, found)
        ? Optional.of(found.name())
        : Optional.empty();
  }

  /** Keeps a consumer for a while, and gives the one back that it takes the place of. */
  Optional<String> keep(String stream, String name, long next) {
    return Optional.ofNullable(standing.put(stream, new Standing(name, next, System.nanoTime())))
        .map(Standing::name);
  }
}
