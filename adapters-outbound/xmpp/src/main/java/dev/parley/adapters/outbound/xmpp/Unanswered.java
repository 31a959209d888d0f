package dev.parley.adapters.outbound.xmpp;

/** A stanza that got no answer, and why. */
final class Unanswered extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why there is no answer. */
  enum Why {
    /** It never left this process. */
    NOT_SENT,
    /** The connection ended while it was on its way. */
    CONNECTION_LOST,
    /** The time is over. */
    TOO_LATE,
    /** The caller was interrupted. */
    INTERRUPTED
  }

  private final Why why;

  Unanswered(Why why) {
    super(why.name(), null, false, false);
    this.why = why;
  }

  Why why() {
    return why;
  }

  /** Whether the server may have acted on it. */
  boolean mayHaveArrived() {
    return why != Why.NOT_SENT;
  }
}
