package dev.parley.adapters.outbound.xmpp;

import dev.parley.domain.message.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a stanza of a room amounts to. */
sealed interface Entry {

  /**
   * A message of the topic.
   *
   * @param author who may change it
   * @param stanzaId the sender's own id of it, by which a correction names it; empty for none
   */
  record Said(Message message, String author, String stanzaId) implements Entry {}

  /** A later text of a message (XEP-0308). */
  record Corrected(String author, String stanzaId, String content, Instant stamp)
      implements Entry {}

  /**
   * A message taken back (XEP-0424), by its author or by a moderator (XEP-0425).
   *
   * @param author whose it has to be; null when a moderator took it back
   * @param target its archive id, or the sender's own id of it
   */
  record Retracted(@Nullable String author, String target) implements Entry {}

  /** Nothing that is told: a subject, a marker, a reaction. */
  record Nothing() implements Entry {}
}
