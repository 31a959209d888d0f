package dev.parley.adapters.outbound.telegram;

import dev.parley.domain.message.Message.Condition;
import dev.parley.domain.participant.Sender;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message as it goes into the store.
 *
 * @param chat the chat under the id it had
 * @param id the id that Parley gives the message
 * @param parent the id of the message it answers, if any
 */
record Observed(
    long chat,
    String id,
    Sender sender,
    String content,
    Instant at,
    @Nullable String parent,
    Condition condition) {

  /** The id of a message of a chat. */
  static String id(long chat, long message) {
    return chat + ":" + message;
  }
}
