package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import dev.parley.ports.BackendException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Pages of a topic. Only what is settled is handed out, so a page that would hold something younger
 * than the settling time waits until what is there has settled, and leaves out what came meanwhile.
 */
final class Pages {

  private static final int MOST_CHARACTERS = 1_024 * 1_024 / 2;

  // No plan of Slack's removes messages that are younger.
  private static final Duration SURELY_KEPT = Duration.ofDays(1);

  private final Connection connection;

  Pages(Connection connection) {
    this.connection = connection;
  }

  Page read(TopicName topic, Window window) {
    var deadline = Deadline.in(connection.settings().timeout());
    return new Reading(topic, deadline).page(window);
  }

  BackendException closed() {
    return connection.faults().closed();
  }

  /** One page being read. */
  private final class Reading {

    private final StoreCursors cursors;
    private final Settling settling;
    private final Records records;
    private final Stretch stretch;

    Reading(TopicName topic, Deadline deadline) {
      var channel = connection.settings().channelOf(topic);
      this.cursors = connection.cursors(topic, deadline);
      this.settling = connection.settling(channel);
      this.records = connection.records(topic, cursors, deadline);
      var history =
          new History(connection.api(), connection.faults(), channel, deadline, settling::seen);
      this.stretch =
          new Stretch(history, connection.settings().threadWindow(), connection.clock().now());
    }

    Page page(Window window) {
      return switch (window) {
        case Window.Latest(var limit) -> latest(limit);
        case Window.Oldest(var limit) -> after(Place.at(Ts.BEGINNING), limit, false);
        case Window.After(var cursor, var limit) ->
            switch (cursors.placeOf(cursor)) {
              case StoreCursors.Place.Here(var place) ->
                  after(placeOf(cursor, place), limit, false);
              case StoreCursors.Place.InFormerStore() -> after(Place.at(Ts.BEGINNING), limit, true);
            };
        case Window.Before(var cursor, var limit) ->
            switch (cursors.placeOf(cursor)) {
              case StoreCursors.Place.Here(var place) -> before(placeOf(cursor, place), limit);
              case StoreCursors.Place.InFormerStore() -> new Page(List.of(), cursor, false, true);
            };
      };
    }

    private static Place placeOf(Cursor cursor, String place) {
      return Place.parse(place)
          .orElseThrow(() -> StoreCursors.rejected(cursor, "names no place in a channel"));
    }

    private Page after(Place place, int limit, boolean lost) {
      var bound = settling.bound();
      var following = stretch.after(place.ts(), limit + 1);
      var there = following.messages().size();
      var newest = following.messages().stream().limit(limit).reduce((one, next) -> next);
      if (newest.isPresent() && newest.get().ts().isAfter(bound)) {
        settling.await(newest.get().ts(), Pages.this::closed);
        bound = settling.bound();
        following = stretch.after(place.ts(), limit + 1);
      }
      var last = bound;
      var settled =
          following.messages().stream().takeWhile(entry -> !entry.ts().isAfter(last)).toList();
      var messages = light(settled.stream().limit(limit).map(records::read).toList());
      var next = messages.isEmpty() ? cursors.at(place.toString()) : messages.getLast().cursor();
      var gap = lost || isGap(place, following, !messages.isEmpty());
      // What came while this waited may still settle, and is not waited for.
      var more = !messages.isEmpty() && messages.size() < Math.max(there, settled.size());
      return new Page(messages, next, more, gap);
    }

    /** Whether what followed a place may be gone. */
    private boolean isGap(Place place, Stretch.Following following, boolean anything) {
      return place.empty()
          ? anything && place.isOlderThan(SURELY_KEPT, connection.clock().now())
          : !following.keptBefore();
    }

    private Page latest(int limit) {
      var bound = settling.bound();
      var found = stretch.before(null, limit + 1);
      if (!found.isEmpty() && found.getLast().ts().isAfter(bound)) {
        settling.await(found.getLast().ts(), Pages.this::closed);
        found = stretch.before(settling.bound().next(), limit + 1);
      }
      var messages = lightest(found, limit);
      var next =
          messages.isEmpty()
              ? cursors.at(Place.emptyAt(bound).toString())
              : messages.getLast().cursor();
      return new Page(messages, next, messages.size() < found.size(), false);
    }

    private Page before(Place place, int limit) {
      var found = stretch.before(place.ts(), limit + 1);
      var messages = lightest(found, limit);
      var next = messages.isEmpty() ? cursors.at(place.toString()) : messages.getFirst().cursor();
      return new Page(messages, next, messages.size() < found.size(), false);
    }

    /** The newest of some entries, as many as a page may hold. */
    private List<Message> lightest(List<Entry> found, int limit) {
      var newestFirst = light(found.reversed().stream().limit(limit).map(records::read).toList());
      var messages = new ArrayList<>(newestFirst);
      Collections.reverse(messages);
      return messages;
    }

    private static List<Message> light(List<Message> messages) {
      var weight = 0L;
      for (var n = 0; n < messages.size(); n++) {
        weight += messages.get(n).content().length();
        if (weight > MOST_CHARACTERS && n > 0) {
          return messages.subList(0, n);
        }
      }
      return messages;
    }
  }
}
