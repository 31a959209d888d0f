package dev.parley.adapters.inbound.cli;

/** Nobody knows the hand-off; the message is what the person reads. */
public final class HandOffUnknown extends Exception {

  private static final long serialVersionUID = 1L;

  HandOffUnknown(String message) {
    super(message);
  }
}
