package dev.parley.bootstrap.owner;

/** The passphrase was not set; the message says why and what to do. */
final class NotSet extends Exception {

  private static final long serialVersionUID = 1L;

  NotSet(String message) {
    super(message);
  }
}
