package dev.parley.adapters.outbound.support;

import org.jspecify.annotations.Nullable;

/** A request that got no answer; the message is a clause, such as "the connection was refused". */
public final class NoAnswer extends Exception {

  private static final long serialVersionUID = 1L;
  private final boolean perhapsSent;

  /** Says why there is none. */
  public NoAnswer(String message, boolean perhapsSent, @Nullable Throwable cause) {
    super(message, cause);
    this.perhapsSent = perhapsSent;
  }

  /** Whether the other side may have got the request, and done what it asks for. */
  public boolean perhapsSent() {
    return perhapsSent;
  }
}
