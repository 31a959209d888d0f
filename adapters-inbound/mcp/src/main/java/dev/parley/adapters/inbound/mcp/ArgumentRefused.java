package dev.parley.adapters.inbound.mcp;

/** An argument that a tool cannot use; the message says what it takes instead. */
final class ArgumentRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ArgumentRefused(String message) {
    super(message);
  }
}
