package dev.parley.adapters.inbound.mcp;

/**
 * A resource that does not exist, or that this instance may not use; the message says which do. In
 * JSON-RPC -32002 up to protocol version 2025-11-25, -32602 from 2026-07-28 on.
 */
public final class ResourceUnknown extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String uri;

  ResourceUnknown(String uri, String message) {
    super(message);
    this.uri = uri;
  }

  /** The URI as it was asked for. */
  public String uri() {
    return uri;
  }
}
