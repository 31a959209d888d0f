package dev.parley.ports;

/** Parley's own state cannot be read or written; the message names the path and the remedy. */
public final class StateUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StateUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
