package dev.parley.adapters.outbound.xmpp;

import dev.parley.domain.message.Message;
import dev.parley.domain.message.Message.Condition;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the messages of one room, as far as it was seen: the latest changes, a bounded
 * number of them.
 */
final class Changes {

  static final String TOMBSTONE = "[message deleted]";
  private static final int MOST = 2_000;

  private record Text(String content, Instant stamp) {}

  private final Map<String, Text> corrections = new Bounded<>();
  private final Map<String, Boolean> retractions = new Bounded<>();

  /** Notes a change; anything else is passed over. */
  synchronized void note(Entry entry) {
    switch (entry) {
      case Entry.Corrected(var author, var stanzaId, var content, var stamp) ->
          corrections.merge(
              key(author, stanzaId),
              new Text(content, stamp),
              (old, late) -> late.stamp().isBefore(old.stamp()) ? old : late);
      case Entry.Retracted(var author, var target) -> retractions.put(key(author, target), true);
      case Entry.Said _, Entry.Nothing _ -> {}
    }
  }

  /** A message as it is now. */
  synchronized Message applied(Entry.Said said) {
    var message = said.message();
    if (isRetracted(said)) {
      return with(message, TOMBSTONE, Condition.DELETED);
    }
    var correction =
        said.stanzaId().isEmpty() ? null : corrections.get(key(said.author(), said.stanzaId()));
    return correction == null || message.condition() != Condition.ORIGINAL
        ? message
        : with(message, correction.content(), Condition.EDITED);
  }

  private boolean isRetracted(Entry.Said said) {
    var archiveId = said.message().id().value();
    return retractions.containsKey(key(null, archiveId))
        || retractions.containsKey(key(said.author(), archiveId))
        || (!said.stanzaId().isEmpty()
            && retractions.containsKey(key(said.author(), said.stanzaId())));
  }

  private static Message with(Message message, String content, Condition condition) {
    return new Message(
        message.id(),
        message.topic(),
        message.sender(),
        content,
        message.cursor(),
        message.timestamp(),
        message.parent(),
        condition);
  }

  private static String key(@Nullable String author, String target) {
    return author == null ? "\0" + target : author + "\0" + target;
  }

  /** Forgets the oldest. */
  private static final class Bounded<V> extends LinkedHashMap<String, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
      return size() > MOST;
    }
  }
}
