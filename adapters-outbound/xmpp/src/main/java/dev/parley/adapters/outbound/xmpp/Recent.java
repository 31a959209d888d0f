package dev.parley.adapters.outbound.xmpp;

import dev.parley.domain.message.Message;
import dev.parley.domain.message.MessageId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest messages of one room: not to tell one twice, and to quote it in a reply. */
final class Recent {

  private static final int MOST = 500;

  private final Map<String, Boolean> told = new Bounded<>();
  private final Map<MessageId, Message> messages = new Bounded<>();

  /** Whether this archive id comes for the first time, as far as remembered. */
  synchronized boolean isNew(String archiveId) {
    return told.put(archiveId, true) == null;
  }

  synchronized void add(Message message) {
    messages.put(message.id(), message);
  }

  synchronized Optional<Message> find(MessageId id) {
    return Optional.ofNullable(messages.get(id));
  }

  /** Forgets the oldest. */
  private static final class Bounded<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
