package dev.parley.adapters.inbound.mcp;

/** Params that do not fit their method: JSON-RPC's -32602; the message says what is expected. */
public final class ParamsRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Refuses with a sentence that follows "Invalid params: ". */
  public ParamsRefused(String message) {
    super(message);
  }
}
