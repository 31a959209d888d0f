package dev.parley.adapters.outbound.zulip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.adapters.outbound.support.StoreCursors.Place;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the pages of one topic. A page is one request as a rule: it asks for one message more than
 * wanted on either side, which tells whether there are any, and whether the message at the cursor
 * is still there.
 */
final class Pages {

  private static final int MOST_MESSAGES = 1_000;
  private static final int USUAL_CHARACTERS = 500_000;
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  /** Before the first message of every topic. */
  private static final long BEGINNING = 0;

  private final History history;
  private final Messages messages;
  private final TopicName topic;
  private final Deadline deadline;

  Pages(History history, Messages messages, TopicName topic, Deadline deadline) {
    this.history = history;
    this.messages = messages;
    this.topic = topic;
    this.deadline = deadline;
  }

  Page read(Window window) throws NoAnswer, Refusal, InterruptedException {
    var limit = Math.min(window.limit(), MOST_MESSAGES);
    return switch (window) {
      case Window.Latest(var _) -> latest(limit);
      case Window.Oldest(var _) -> oldest(limit, false);
      case Window.After(var cursor, var _) -> {
        var id = idAt(cursor);
        yield id < 0 ? oldest(limit, true) : after(id, limit);
      }
      case Window.Before(var cursor, var _) -> {
        var id = idAt(cursor);
        yield id < 0 ? oldest(limit, true) : before(id, limit);
      }
    };
  }

  /** The id at a cursor, or -1 when its channel is gone. */
  private long idAt(Cursor cursor) {
    if (!(messages.cursors().placeOf(cursor) instanceof Place.Here(var place))) {
      return -1;
    }
    if (!ID.matcher(place).matches()) {
      throw StoreCursors.rejected(cursor, "is not a cursor of this backend");
    }
    return Long.parseLong(place);
  }

  private Cursor at(long id) {
    return messages.cursors().at(Long.toString(id));
  }

  private Page oldest(int limit, boolean gap) throws NoAnswer, Refusal, InterruptedException {
    return forwards(history.after("oldest", limit + 1), BEGINNING, limit, gap);
  }

  private Page after(long id, int limit) throws NoAnswer, Refusal, InterruptedException {
    var batch = history.after(Long.toString(id), limit + 1);
    var gap = batch.before(id).isEmpty() && isLost(batch, id);
    // If nothing is left, what follows is that of a topic without messages, and told only once.
    return forwards(batch, gap ? BEGINNING : id, limit, gap);
  }

  private Page forwards(Batch first, long from, int limit, boolean gap)
      throws NoAnswer, Refusal, InterruptedException {
    var batch = first;
    var place = from;
    while (true) {
      var following = batch.after(place);
      var taken = following.subList(0, fitting(following, limit));
      place = taken.isEmpty() ? place : Batch.id(taken.getLast());
      var more = taken.size() < following.size() || !batch.foundNewest();
      var shown = shown(taken);
      if (!shown.isEmpty() || !more) {
        return new Page(shown, at(place), more, gap);
      }
      batch = history.after(Long.toString(place), limit + 1);
    }
  }

  private Page latest(int limit) throws NoAnswer, Refusal, InterruptedException {
    var batch = history.before("newest", limit + 1);
    var page = backwards(batch, Long.MAX_VALUE, limit, false);
    return new Page(page.messages(), at(batch.newest()), page.more(), false);
  }

  private Page before(long id, int limit) throws NoAnswer, Refusal, InterruptedException {
    var batch = history.before(Long.toString(id), limit + 1);
    var gap = batch.before(id).isEmpty() && isLost(batch, id);
    return backwards(batch, id, limit, gap);
  }

  private Page backwards(Batch first, long from, int limit, boolean gap)
      throws NoAnswer, Refusal, InterruptedException {
    var batch = first;
    var place = from;
    while (true) {
      var preceding = batch.before(place);
      var taken =
          preceding.subList(
              preceding.size() - fitting(preceding.reversed(), limit), preceding.size());
      place = taken.isEmpty() ? place : Batch.id(taken.getFirst());
      var more = taken.size() < preceding.size() || !batch.foundOldest();
      var shown = shown(taken);
      if (!shown.isEmpty() || !more) {
        return new Page(shown, at(place), more, gap);
      }
      batch = history.before(Long.toString(place), limit + 1);
    }
  }

  /**
   * Whether the message at a cursor was lost together with all before it, as retention does it. A
   * message that is in another topic was moved.
   */
  private boolean isLost(Batch batch, long id) throws NoAnswer, Refusal {
    return id > BEGINNING && !batch.foundAnchor() && history.isGone(id);
  }

  /** How many of these make a page. */
  private static int fitting(List<JsonNode> candidates, int limit) {
    var count = 0;
    var characters = 0L;
    for (var message : candidates) {
      characters += message.path("content").asText().length();
      if (count == limit || (count > 0 && characters > USUAL_CHARACTERS)) {
        break;
      }
      count++;
    }
    return count;
  }

  private List<Message> shown(List<JsonNode> taken) {
    var shown = new ArrayList<Message>(taken.size());
    for (var message : taken) {
      if (!Messages.isNotice(message)) {
        shown.add(messages.read(message, topic, deadline));
      }
    }
    return shown;
  }
}
