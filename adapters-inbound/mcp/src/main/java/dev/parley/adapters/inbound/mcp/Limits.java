package dev.parley.adapters.inbound.mcp;

import java.time.Duration;
import java.util.Optional;

/**
 * How much one answer holds, and how long one call waits.
 *
 * @param catchUpMessages messages per topic when catching up without a limit
 * @param longestWait the cap of {@code block_ms}
 * @param progressEvery how often a waiting caller that asked for it is told that its call goes on
 */
public record Limits(int catchUpMessages, Duration longestWait, Duration progressEvery) {

  private static final int DEFAULT_MESSAGES = 100;
  private static final int MOST_MESSAGES = 1000;
  private static final int SHORT_ANSWER = 40_000;
  private static final int LONG_ANSWER = 1_048_576;

  /** The limits of a session, its progress told every five seconds. */
  public Limits(int catchUpMessages, Duration longestWait) {
    this(catchUpMessages, longestWait, Duration.ofSeconds(5));
  }

  /** Messages of a page, for a limit that may be absent. */
  int pageMessages(Optional<Long> limit) {
    return (int) Math.min(MOST_MESSAGES, limit.orElse((long) DEFAULT_MESSAGES));
  }

  /** Messages per topic when catching up, for a limit that may be absent. */
  int catchUpMessages(Optional<Long> limit) {
    return (int) Math.min(MOST_MESSAGES, limit.orElse((long) catchUpMessages));
  }

  /** Characters of a page: whoever names a limit gets long answers. */
  int pageCharacters(Optional<Long> limit) {
    return limit.isPresent() ? LONG_ANSWER : SHORT_ANSWER;
  }

  /** Characters of a catch-up answer. */
  int catchUpCharacters() {
    return SHORT_ANSWER;
  }

  /** Characters of a list. */
  int listCharacters() {
    return SHORT_ANSWER;
  }

  /** How long to wait, for a {@code block_ms} that may be absent. */
  Duration wait(Optional<Long> blockMillis) {
    var asked = Duration.ofMillis(blockMillis.orElse(0L));
    return asked.compareTo(longestWait) > 0 ? longestWait : asked;
  }
}
