package dev.parley.bootstrap.demo;

/** A step of the demonstration did not happen; the message is the sentence to show. */
final class DemoFailed extends Exception {

  private static final long serialVersionUID = 1L;

  DemoFailed(String message) {
    super(message);
  }
}
