package dev.parley.adapters.outbound.discord;

import dev.parley.adapters.outbound.discord.Channel.Position;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.Deadlines;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.dv8tion.jda.api.requests.Method;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/** Reads the pages of one topic; one operation. */
final class Pages {

  // One more is asked for, and Discord gives 100 at most, newest first.
  private static final int MOST_MESSAGES = 99;
  private static final int MOST_AT_ONCE = 100;
  private static final Route HISTORY = Route.custom(Method.GET, "channels/{channel_id}/messages");

  private final Rest rest;
  private final Channel channel;
  private final Records records;
  private final Session session;
  private final ServerClock clock;
  private final Faults faults;
  private final Deadline deadline;

  Pages(
      Rest rest,
      Channel channel,
      Records records,
      Session session,
      ServerClock clock,
      Faults faults,
      Deadline deadline) {
    this.rest = rest;
    this.channel = channel;
    this.records = records;
    this.session = session;
    this.clock = clock;
    this.faults = faults;
    this.deadline = deadline;
  }

  Page read(Window window) {
    var limit = Math.min(window.limit(), MOST_MESSAGES);
    return switch (window) {
      case Window.Latest(var _) -> latest(limit);
      case Window.Oldest(var _) -> after(0, limit, channel.after(0), false);
      case Window.After(var cursor, var _) ->
          channel.positionOf(cursor) instanceof Position.After(var message)
              ? after(message, limit, cursor, false)
              : after(0, limit, channel.after(0), true);
      case Window.Before(var cursor, var _) ->
          channel.positionOf(cursor) instanceof Position.After(var message)
              ? before(message, limit, cursor)
              : after(0, limit, channel.after(0), true);
    };
  }

  private Page latest(int limit) {
    var read = backwards("", limit);
    if (awaitSettled(read)) {
      // Others may have come before the last one; those after it have their own time to wait.
      read = backwards(Long.toUnsignedString(read.last() + 1), limit);
    }
    return read.isEmpty()
        ? new Page(List.of(), channel.after(0), false, false)
        : page(read, read.last(), false);
  }

  private Page before(long message, int limit, Cursor cursor) {
    if (message == 0) {
      return new Page(List.of(), cursor, false, false);
    }
    var read = backwards(Long.toUnsignedString(message), limit);
    return read.isEmpty()
        ? new Page(List.of(), cursor, false, false)
        : page(read, read.first(), false);
  }

  private Page after(long message, int limit, Cursor cursor, boolean gap) {
    var read = forwards(message, limit);
    if (read.more() && untilSettled(read, read.first()).isZero()) {
      // There is a next page, and it begins with what still may change its place.
      var full = read;
      read = full.beginning(id -> untilSettled(full, id).isZero());
    } else if (awaitSettled(read)) {
      // What came meanwhile was not asked for: to call it more would keep a reader who follows
      // busy.
      read = forwards(message, limit).endingLike(read);
    }
    return read.isEmpty() ? new Page(List.of(), cursor, false, gap) : page(read, read.last(), gap);
  }

  private Page page(Stretch read, long next, boolean gap) {
    var messages = read.messages().stream().map(m -> records.read(channel, m, session)).toList();
    return new Page(messages, channel.after(next), read.more(), gap);
  }

  private Duration untilSettled(Stretch read, long message) {
    return clock.untilSettled(message, read.asked());
  }

  /** Waits until nothing can come before the last one; false when nothing could when asked. */
  private boolean awaitSettled(Stretch read) {
    if (read.isEmpty() || untilSettled(read, read.last()).isZero()) {
      return false;
    }
    try {
      Deadlines.pause(clock.untilSettled(read.last(), ServerClock.ownMillis()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw faults.unavailable(interrupted);
    }
    return true;
  }

  private Stretch forwards(long message, int limit) {
    var found = new ArrayList<DataObject>();
    var from = Long.toUnsignedString(message);
    var asked = ServerClock.ownMillis();
    while (true) {
      var count = Math.min(MOST_AT_ONCE, limit + 1 - found.size());
      var answer = ask("after", from, count);
      answer.stream().filter(Records::isMessage).forEach(found::add);
      if (found.size() > limit) {
        return new Stretch(List.copyOf(found.subList(0, limit)), true, asked);
      }
      if (answer.size() < count) {
        return new Stretch(found, false, asked);
      }
      from = answer.getLast().getString("id");
    }
  }

  private Stretch backwards(String before, int limit) {
    var found = new ArrayList<DataObject>();
    var end = before;
    var asked = ServerClock.ownMillis();
    while (true) {
      var count = Math.min(MOST_AT_ONCE, limit + 1 - found.size());
      var answer = ask("before", end, count);
      found.addAll(0, answer.stream().filter(Records::isMessage).toList());
      if (found.size() > limit) {
        var newest = found.subList(found.size() - limit, found.size());
        return new Stretch(List.copyOf(newest), true, asked);
      }
      if (answer.size() < count) {
        return new Stretch(found, false, asked);
      }
      end = answer.getFirst().getString("id");
    }
  }

  /** What lies next to a place, ascending. */
  private List<DataObject> ask(String direction, String place, int count) {
    var route =
        HISTORY
            .compile(Long.toUnsignedString(channel.id()))
            .withQueryParams("limit", Integer.toString(count));
    var answer =
        rest.get(deadline, place.isEmpty() ? route : route.withQueryParams(direction, place));
    if (!answer.isOk()) {
      throw faults.refused(answer, channel.topic().value(), channel.id());
    }
    var messages = new ArrayList<>(answer.array().stream(DataArray::getObject).toList());
    Collections.reverse(messages);
    return messages;
  }
}
