package dev.parley.adapters.outbound.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What Slack keeps of one channel: its entries, and the replies in their threads. */
final class History {

  private static final int PAGE = 200;
  private static final int LARGEST_PAGE = 999;

  private final WebApi api;
  private final Faults faults;
  private final String channel;
  private final Deadline deadline;
  private final Consumer<Ts> seen;

  /**
   * The history of a channel, for one operation.
   *
   * @param seen told of the newest entry of each answer
   */
  History(WebApi api, Faults faults, String channel, Deadline deadline, Consumer<Ts> seen) {
    this.api = api;
    this.faults = faults;
    this.channel = channel;
    this.deadline = deadline;
    this.seen = seen;
  }

  /** Every entry between two places, both excluded; null for no upper one. */
  List<Entry> between(Ts oldest, @Nullable Ts latest) {
    return read("conversations.history", bounds(oldest, latest, LARGEST_PAGE), entries -> false);
  }

  /** The newest messages before a place, or of all, so many at least where there are. */
  List<Entry> newest(@Nullable Ts latest, int atLeast) {
    return read(
        "conversations.history",
        bounds(Ts.BEGINNING, latest, Math.min(LARGEST_PAGE, Math.max(PAGE, atLeast))),
        entries -> entries.stream().filter(Entry::isMessage).count() >= atLeast);
  }

  /** Whether anything is kept before a place. */
  boolean keepsAnythingBefore(Ts latest) {
    return !read(
            "conversations.history", bounds(Ts.BEGINNING, latest, 1), entries -> !entries.isEmpty())
        .isEmpty();
  }

  /** The replies to a message between two places, both excluded; the message itself is not. */
  List<Entry> replies(Ts thread, Ts oldest, @Nullable Ts latest) {
    var parameters = bounds(oldest, latest, LARGEST_PAGE);
    parameters.put("ts", thread.toString());
    return read("conversations.replies", parameters, entries -> false).stream()
        .filter(reply -> !reply.ts().equals(thread) && reply.ts().isAfter(oldest))
        .filter(reply -> latest == null || latest.isAfter(reply.ts()))
        .toList();
  }

  private Map<String, String> bounds(Ts oldest, @Nullable Ts latest, int limit) {
    var parameters = new HashMap<String, String>();
    parameters.put("channel", channel);
    parameters.put("include_all_metadata", "true");
    parameters.put("limit", Integer.toString(limit));
    if (oldest.isAfter(Ts.BEGINNING)) {
      parameters.put("oldest", oldest.toString());
    }
    if (latest != null) {
      parameters.put("latest", latest.toString());
    }
    return parameters;
  }

  private List<Entry> read(
      String method, Map<String, String> parameters, Predicate<List<Entry>> enough) {
    var entries = new ArrayList<Entry>();
    try {
      while (true) {
        var answer = api.ask(method, parameters, deadline);
        answer
            .path("messages")
            .forEach(json -> Entry.of(json).filter(within(parameters)).ifPresent(entries::add));
        var cursor = cursorOf(answer);
        if (cursor.isEmpty() || enough.test(entries)) {
          entries.stream().map(Entry::ts).max(Ts::compareTo).ifPresent(seen);
          return entries;
        }
        parameters.put("cursor", cursor);
      }
    } catch (ApiError error) {
      if (error.is("thread_not_found")) {
        return List.of();
      }
      throw faults.of(error, channel);
    }
  }

  /** The bounds once more: not everything that speaks like Slack keeps to them. */
  private static Predicate<Entry> within(Map<String, String> parameters) {
    var oldest = Ts.parse(parameters.getOrDefault("oldest", "")).orElse(Ts.BEGINNING);
    var latest = Ts.parse(parameters.getOrDefault("latest", ""));
    return entry ->
        entry.ts().isAfter(oldest) && latest.map(end -> end.isAfter(entry.ts())).orElse(true);
  }

  private static String cursorOf(JsonNode answer) {
    return answer.path("response_metadata").path("next_cursor").asText("");
  }
}
