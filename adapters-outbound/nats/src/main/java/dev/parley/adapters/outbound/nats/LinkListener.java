package dev.parley.adapters.outbound.nats;

import io.nats.client.Message;

/** Who hears of live messages, and of the end of a connection. */
interface LinkListener {

  /** A message for a live consumer; told by one thread. */
  void received(String consumer, Message message);

  /** The connection is gone. */
  void lost();
}
