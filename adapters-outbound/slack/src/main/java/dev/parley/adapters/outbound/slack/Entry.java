package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;

/** One entry of a channel's history, as Slack gives it. */
record Entry(Ts ts, JsonNode json) implements Comparable<Entry> {

  /** What is told of the channel rather than said in it. */
  private static final Set<String> EVENTS =
      Set.of(
          "channel_join",
          "channel_leave",
          "channel_topic",
          "channel_purpose",
          "channel_name",
          "channel_archive",
          "channel_unarchive",
          "channel_convert_to_private",
          "channel_posting_permissions",
          "group_join",
          "group_leave",
          "group_topic",
          "group_purpose",
          "group_name",
          "group_archive",
          "group_unarchive",
          "pinned_item",
          "unpinned_item",
          "bot_add",
          "bot_remove",
          "bot_enable",
          "bot_disable",
          "reminder_add",
          "reply_broadcast",
          "tabbed_canvas_updated",
          "huddle_thread",
          "joiner_notification",
          "joiner_notification_for_inviter");

  /** An entry; empty for what has no place. */
  static Optional<Entry> of(JsonNode json) {
    return Ts.parse(json.path("ts").asText("")).map(ts -> new Entry(ts, json));
  }

  String subtype() {
    return json.path("subtype").asText("");
  }

  boolean isMessage() {
    return json.path("type").asText("message").equals("message") && !EVENTS.contains(subtype());
  }

  /** The beginning of the thread that this is in; empty when it is in none. */
  Optional<Ts> thread() {
    return Ts.parse(json.path("thread_ts").asText(""));
  }

  /** The last reply to this message; the beginning of all when there is none. */
  Ts latestReply() {
    return Ts.parse(json.path("latest_reply").asText(""))
        .orElse(json.path("reply_count").asInt() > 0 ? new Ts(Long.MAX_VALUE) : Ts.BEGINNING);
  }

  @Override
  public int compareTo(Entry other) {
    return ts.compareTo(other.ts);
  }
}
