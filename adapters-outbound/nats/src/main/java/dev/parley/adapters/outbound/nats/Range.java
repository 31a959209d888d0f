package dev.parley.adapters.outbound.nats;

import java.util.List;

/**
 * Some messages of a stream, ascending and without any left out between them.
 *
 * @param more whether further ones follow, as far as the server that answered knows
 */
record Range(List<StoredMessage> messages, boolean more) {

  static final Range EMPTY = new Range(List.of(), false);

  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** The sequence of the last message, or the one before {@code from} when there is none. */
  long lastOr(long from) {
    return messages.isEmpty() ? from : messages.getLast().sequence();
  }
}
