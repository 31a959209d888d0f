package dev.parley.adapters.outbound.discord;

import org.jspecify.annotations.Nullable;

/** A request that got no answer, and why. */
final class Unanswered extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean mayHaveArrived;

  Unanswered(boolean mayHaveArrived, @Nullable Throwable cause) {
    super("no answer", cause, false, false);
    this.mayHaveArrived = mayHaveArrived;
  }

  /** Whether Discord may have acted on the request. */
  boolean mayHaveArrived() {
    return mayHaveArrived;
  }
}
