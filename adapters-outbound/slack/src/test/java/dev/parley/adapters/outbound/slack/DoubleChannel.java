package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One channel of the double: its entries by place, replies in threads among them. */
final class DoubleChannel {

  private final String id;
  private final NavigableMap<Ts, ObjectNode> entries = new TreeMap<>();
  private boolean member = true;
  private boolean archived;

  DoubleChannel(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  synchronized boolean isMember() {
    return member;
  }

  synchronized boolean isArchived() {
    return archived;
  }

  synchronized void leave() {
    member = false;
  }

  synchronized void archive() {
    archived = true;
  }

  synchronized void put(ObjectNode entry) {
    entries.put(tsOf(entry), entry);
    countInThread(entry);
  }

  private void countInThread(ObjectNode entry) {
    var thread = entry.path("thread_ts").asText("");
    if (thread.isEmpty() || thread.equals(entry.path("ts").asText())) {
      return;
    }
    var first = Ts.parse(thread).map(entries::get).orElse(null);
    if (first != null) {
      first.put("thread_ts", thread);
      first.put("reply_count", first.path("reply_count").asInt() + 1);
      var latest = Ts.parse(first.path("latest_reply").asText("")).orElse(Ts.BEGINNING);
      if (tsOf(entry).isAfter(latest)) {
        first.put("latest_reply", entry.path("ts").asText());
      }
    }
  }

  static Ts tsOf(ObjectNode entry) {
    return Ts.parse(entry.path("ts").asText("")).orElseThrow();
  }

  /** Whether an entry shows in a thread only. */
  private static boolean isInThreadOnly(ObjectNode entry) {
    var thread = entry.path("thread_ts").asText("");
    return !thread.isEmpty()
        && !thread.equals(entry.path("ts").asText())
        && !entry.path("subtype").asText("").equals("thread_broadcast");
  }

  /** What the channel shows, oldest first. */
  synchronized List<ObjectNode> shown() {
    return entries.values().stream()
        .filter(entry -> !isInThreadOnly(entry))
        .map(ObjectNode::deepCopy)
        .toList();
  }

  synchronized boolean has(Ts ts) {
    return entries.containsKey(ts);
  }

  /** A message with its replies, oldest first; a reply alone; empty when there is none. */
  synchronized List<ObjectNode> thread(Ts ts) {
    var first = entries.get(ts);
    if (first == null) {
      return List.of();
    }
    var thread = new ArrayList<ObjectNode>();
    thread.add(first.deepCopy());
    for (var entry : entries.values()) {
      if (entry.path("thread_ts").asText("").equals(ts.toString()) && !tsOf(entry).equals(ts)) {
        thread.add(entry.deepCopy());
      }
    }
    return thread;
  }

  /** The first entry that fits. */
  synchronized ObjectNode find(Predicate<ObjectNode> fits) {
    return entries.values().stream().filter(fits).findFirst().orElseThrow();
  }

  /** Replaces the text of a message. */
  synchronized void edit(Ts ts, String text, String by) {
    var entry = Objects.requireNonNull(entries.get(ts));
    entry.put("text", DoubleEmoji.kept(text));
    entry.set(
        "edited",
        JsonNodeFactory.instance.objectNode().put("user", by).put("ts", ts.next().toString()));
  }

  /** Takes a message back: with replies it leaves a tombstone, else nothing. */
  synchronized void delete(Ts ts) {
    var entry = Objects.requireNonNull(entries.get(ts));
    if (entry.path("reply_count").asInt() > 0) {
      entry.put("subtype", "tombstone");
      entry.put("text", "This message was deleted.");
      entry.put("user", "USLACKBOT");
      entry.remove(List.of("bot_id", "metadata", "username", "app_id", "files"));
    } else {
      entries.remove(ts);
      var thread = Ts.parse(entry.path("thread_ts").asText("")).map(entries::get).orElse(null);
      if (thread != null) {
        thread.put("reply_count", thread.path("reply_count").asInt() - 1);
      }
    }
  }

  /** Keeps the newest entries only, as retention does. */
  synchronized void trim(int kept) {
    while (entries.size() > kept) {
      entries.pollFirstEntry();
    }
  }
}
