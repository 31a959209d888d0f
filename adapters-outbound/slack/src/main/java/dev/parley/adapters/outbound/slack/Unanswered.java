package dev.parley.adapters.outbound.slack;

import org.jspecify.annotations.Nullable;

/** A request without a usable answer; the message is a clause. */
final class Unanswered extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean perhapsDone;

  Unanswered(String why, boolean perhapsDone, @Nullable Throwable cause) {
    super(why, cause, false, false);
    this.perhapsDone = perhapsDone;
  }

  /** Whether Slack may have done what was asked for. */
  boolean perhapsDone() {
    return perhapsDone;
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
