package dev.parley.adapters.outbound.nats;

/** A request that got no answer, and why. */
final class Unanswered extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  enum Why {
    /** It never left this process. */
    NOT_SENT(false),
    /** The server says that nobody takes this subject. */
    NO_RESPONDERS(false),
    /** The connection ended while it was on its way. */
    CONNECTION_LOST(true),
    /** The time is over. */
    TOO_LATE(true),
    /** The caller was interrupted. */
    INTERRUPTED(true);

    private final boolean mayHaveArrived;

    Why(boolean mayHaveArrived) {
      this.mayHaveArrived = mayHaveArrived;
    }
  }

  private final Why why;

  Unanswered(Why why) {
    super(why.name(), null, false, false);
    this.why = why;
  }

  Why why() {
    return why;
  }

  /** Whether somebody may have acted on the request. */
  boolean mayHaveArrived() {
    return why.mayHaveArrived;
  }
}
