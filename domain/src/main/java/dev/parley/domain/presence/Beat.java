package dev.parley.domain.presence;

import java.time.Duration;
import java.time.Instant;
import org.jmolecules.ddd.annotation.ValueObject;

/**
 * What a process says to be seen.
 *
 * @param at when it was said, by the clock of the one who said it
 */
@ValueObject
public record Beat(Kind kind, ProcessInstance process, Instant at, Announcement announcement) {

  /** How far a clock may be ahead of ours. */
  public static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

  /** What a beat says. */
  public enum Kind {
    /** The process has started. */
    HELLO,
    /** The process is still there. */
    HEARTBEAT,
    /** The process ends. */
    GOODBYE
  }

  /** Whether this was said so far in the future that it cannot be believed. */
  public boolean isTooFarAhead(Instant now) {
    return at.isAfter(now.plus(CLOCK_TOLERANCE));
  }
}
