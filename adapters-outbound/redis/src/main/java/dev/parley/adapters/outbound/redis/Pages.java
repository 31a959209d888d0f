package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.topic.TopicName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads pages of history. */
final class Pages {

  /**
   * How far back to read where a fail-over has taken a reader's place: longer than the clocks of
   * two servers differ, and than a server that was replaced goes on taking posts.
   */
  private static final long REWIND_MILLISECONDS = 60_000;

  private final Servers servers;
  private final StreamKeys keys;
  private final Store store;
  private final Faults faults;
  private final Map<TopicName, Integer> weights = new ConcurrentHashMap<>();

  Pages(Servers servers, StreamKeys keys, Store store, Faults faults) {
    this.servers = servers;
    this.keys = keys;
    this.store = store;
    this.faults = faults;
  }

  Page read(TopicName topic, Window window) {
    var stream = keys.streamOf(topic);
    var cursors = store.cursorsOf(stream);
    var page = read(topic, window, cursors);
    if (!page.gap()) {
      return page;
    }
    // What is missing may be the whole store, which then has another identity by now.
    var now = store.identify(stream);
    return now == cursors ? page : read(topic, window, now);
  }

  private Page read(TopicName topic, Window window, StoreCursors cursors) {
    var limit = window.limit();
    if (window instanceof Window.After(var cursor, var _)) {
      return Place.of(cursor, cursors) instanceof Place.After(var id)
          ? after(topic, cursors, id, limit)
          : oldest(topic, cursors, limit, true);
    }
    if (window instanceof Window.Before(var cursor, var _)) {
      return Place.of(cursor, cursors) instanceof Place.After(var id)
          ? before(topic, cursors, id, limit)
          : oldest(topic, cursors, limit, true);
    }
    return window instanceof Window.Oldest
        ? oldest(topic, cursors, limit, false)
        : latest(topic, cursors, limit);
  }

  private Page latest(TopicName topic, StoreCursors cursors, int limit) {
    var found = before(null, topic, cursors, limit);
    return new Page(found.messages(), endOf(found, cursors), found.more(), false);
  }

  private Page oldest(TopicName topic, StoreCursors cursors, int limit, boolean gap) {
    var found = after(EntryId.ZERO, topic, cursors, limit);
    return new Page(found.messages(), endOf(found, cursors), found.more(), gap);
  }

  private Page after(TopicName topic, StoreCursors cursors, EntryId id, int limit) {
    var found = after(id, topic, cursors, limit);
    var state = found.state();
    if (!state.isGapAfter(id, found.startIsPresent())) {
      var next = found.messages().isEmpty() ? cursors.at(id.toString()) : endOf(found, cursors);
      return new Page(found.messages(), next, found.more(), false);
    }
    if (state.isLost(id)) {
      var from = state.beginsAfter(id) ? EntryId.ZERO : id.earlier(REWIND_MILLISECONDS);
      found = after(from, topic, cursors, limit);
    }
    return new Page(found.messages(), endOf(found, cursors), found.more(), true);
  }

  private Page before(TopicName topic, StoreCursors cursors, EntryId id, int limit) {
    var found = before(id, topic, cursors, limit);
    var state = found.state();
    return found.messages().isEmpty()
        ? new Page(found.messages(), cursors.at(id.toString()), false, isGapBefore(id, state))
        : new Page(
            found.messages(),
            found.messages().getFirst().cursor(),
            found.more(),
            id.compareTo(state.last()) > 0);
  }

  private static boolean isGapBefore(EntryId id, StreamState state) {
    return !id.equals(EntryId.ZERO) && state.beginsAfter(id);
  }

  /** After the last message found; in a stream without entries, after the last id it gave. */
  private static Cursor endOf(Stretch found, StoreCursors cursors) {
    return found.messages().isEmpty()
        ? cursors.at(found.state().last().toString())
        : found.messages().getLast().cursor();
  }

  private Stretch after(EntryId id, TopicName topic, StoreCursors cursors, int limit) {
    return noted(topic, stretch(topic, cursors).after(id, limit));
  }

  private Stretch before(@Nullable EntryId id, TopicName topic, StoreCursors cursors, int limit) {
    return noted(topic, stretch(topic, cursors).before(id, limit));
  }

  // A failure may have been one of size: the next attempt begins with little again.
  private Stretch stretch(TopicName topic, StoreCursors cursors) {
    var weight = weights.remove(topic);
    return new Stretch(
        servers, keys.streamOf(topic), topic, cursors, faults, weight == null ? 0 : weight);
  }

  private Stretch noted(TopicName topic, Stretch read) {
    if (!read.messages().isEmpty()) {
      weights.put(topic, read.averageWeight());
    }
    return read;
  }
}
