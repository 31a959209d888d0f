package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of a Zulip topic around an anchor, ascending.
 *
 * @param foundAnchor whether the anchor is one of them
 * @param foundOldest whether nothing of the topic is older
 * @param foundNewest whether nothing of the topic is newer
 */
record Batch(
    List<JsonNode> messages, boolean foundAnchor, boolean foundOldest, boolean foundNewest) {

  Batch {
    messages = List.copyOf(messages);
  }

  static Batch of(JsonNode answer) {
    var messages = new ArrayList<JsonNode>();
    answer.path("messages").forEach(messages::add);
    return new Batch(
        messages,
        answer.path("found_anchor").asBoolean(),
        answer.path("found_oldest").asBoolean(),
        answer.path("found_newest").asBoolean());
  }

  static long id(JsonNode message) {
    return message.path("id").asLong();
  }

  /** The highest id, or 0 for none. */
  long newest() {
    return messages.isEmpty() ? 0 : id(messages.getLast());
  }

  List<JsonNode> after(long id) {
    return messages.stream().filter(message -> id(message) > id).toList();
  }

  List<JsonNode> before(long id) {
    return messages.stream().filter(message -> id(message) < id).toList();
  }

  /** The same without what is newer than this. */
  Batch upTo(long id) {
    var kept = before(id + 1);
    return new Batch(kept, foundAnchor, foundOldest, foundNewest && kept.size() == messages.size());
  }
}
