package dev.parley.adapters.inbound.mcp;

/** A sound request that could not be answered: JSON-RPC's -32603; the message says why. */
public final class RequestFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RequestFailed(String message) {
    super(message);
  }
}
