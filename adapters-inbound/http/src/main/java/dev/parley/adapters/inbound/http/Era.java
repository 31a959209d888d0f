package dev.parley.adapters.inbound.http;

/**
 * One era of MCP over HTTP. The SDK can take over the modern one behind this as soon as it speaks
 * it (ADR 33).
 */
interface Era {

  /** Answers a message that was posted. */
  void post(Exchange exchange) throws Exception;

  /** How many streams are open for news. */
  int streams();

  /** How many notifications were sent to open streams since the start. */
  long pushes();

  /** The server stops: streams are told, and none begins. */
  void end();
}
