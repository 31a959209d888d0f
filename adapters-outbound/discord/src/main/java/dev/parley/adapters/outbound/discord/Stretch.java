package dev.parley.adapters.outbound.discord;

import java.util.List;
import java.util.function.LongPredicate;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Messages of one channel that lie side by side, ascending.
 *
 * @param more whether the channel holds more in the direction that was read
 * @param asked when Discord was asked for them, or before, by {@link ServerClock#ownMillis()}
 */
record Stretch(List<DataObject> messages, boolean more, long asked) {

  static long idOf(DataObject message) {
    return message.getUnsignedLong("id");
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  long first() {
    return idOf(messages.getFirst());
  }

  long last() {
    return idOf(messages.getLast());
  }

  /** The beginning, as far as it is wanted; what was left out is more. */
  Stretch beginning(LongPredicate wanted) {
    var kept = messages.stream().takeWhile(message -> wanted.test(idOf(message))).toList();
    var cut = kept.size() < messages.size();
    return new Stretch(kept, !kept.isEmpty() && (more || cut), asked);
  }

  /** The beginning, as far as another one reaches; more is what was more for that one. */
  Stretch endingLike(Stretch other) {
    var end = other.last();
    var kept = beginning(id -> Long.compareUnsigned(id, end) <= 0);
    var cut = kept.messages().size() < messages.size();
    return cut ? new Stretch(kept.messages(), other.more(), asked) : this;
  }
}
