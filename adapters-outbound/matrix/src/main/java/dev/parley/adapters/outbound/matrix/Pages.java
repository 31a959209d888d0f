package dev.parley.adapters.outbound.matrix;

import dev.parley.adapters.outbound.matrix.Room.Position;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.adapters.outbound.support.NoAnswer;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the pages of one room. */
final class Pages {

  private static final int MOST_MESSAGES = 1_000;

  private final Account account;
  private final Arrivals arrivals;
  private final EventReader reader;
  private final Room room;
  private final Deadline deadline;

  Pages(Account account, Arrivals arrivals, EventReader reader, Room room, Deadline deadline) {
    this.account = account;
    this.arrivals = arrivals;
    this.reader = reader;
    this.room = room;
    this.deadline = deadline;
  }

  Page read(Window window) throws NoAnswer, Refused {
    var limit = Math.min(window.limit(), MOST_MESSAGES);
    return switch (window) {
      case Window.Latest(var _) -> latest(limit);
      case Window.Oldest(var _) -> oldest(limit, false);
      case Window.After(var cursor, var _) -> after(cursor, limit);
      case Window.Before(var cursor, var _) -> before(cursor, limit);
    };
  }

  /** What a topic without a room shows: nothing, and whether there has been something once. */
  static Page withoutRoom(Room missing, Window window) {
    var cursor =
        switch (window) {
          case Window.After(var given, var _) -> given;
          case Window.Before(var given, var _) -> given;
          case Window.Latest(var _), Window.Oldest(var _) -> missing.beginning();
        };
    var gone = missing.positionOf(cursor) instanceof Position.InFormerRoom;
    return new Page(List.of(), gone ? missing.beginning() : cursor, false, gone);
  }

  private Page latest(int limit) throws NoAnswer, Refused {
    var found = collect("b", null, limit);
    Collections.reverse(found.messages());
    return new Page(
        found.messages(),
        found.messages().isEmpty() ? room.beginning() : found.messages().getLast().cursor(),
        found.more(),
        false);
  }

  private Page oldest(int limit, boolean gap) throws NoAnswer, Refused {
    return forwards(null, room.beginning(), limit, gap);
  }

  private Page after(Cursor cursor, int limit) throws NoAnswer, Refused {
    return switch (room.positionOf(cursor)) {
      case Position.Beginning() -> forwards(null, cursor, limit, false);
      case Position.InFormerRoom() -> oldest(limit, true);
      case Position.At(var eventId) -> {
        var spot = arrivals.spotOf(room, eventId, deadline);
        yield spot.isEmpty()
            ? oldest(limit, true)
            : forwards(Tokens.after(spot.get().after()), cursor, limit, false);
      }
    };
  }

  private Page before(Cursor cursor, int limit) throws NoAnswer, Refused {
    return switch (room.positionOf(cursor)) {
      case Position.Beginning() -> new Page(List.of(), cursor, false, false);
      case Position.InFormerRoom() -> oldest(limit, true);
      case Position.At(var eventId) -> {
        var spot = arrivals.spotOf(room, eventId, deadline);
        yield spot.isEmpty()
            ? oldest(limit, true)
            : backwards(Tokens.before(spot.get().after(), spot.get().before()), cursor, limit);
      }
    };
  }

  private Page forwards(@Nullable String from, Cursor ifEmpty, int limit, boolean gap)
      throws NoAnswer, Refused {
    var found = collect("f", from, limit);
    return new Page(
        found.messages(),
        found.messages().isEmpty() ? ifEmpty : found.messages().getLast().cursor(),
        found.more(),
        gap);
  }

  private Page backwards(String from, Cursor ifEmpty, int limit) throws NoAnswer, Refused {
    var found = collect("b", from, limit);
    Collections.reverse(found.messages());
    return new Page(
        found.messages(),
        found.messages().isEmpty() ? ifEmpty : found.messages().getFirst().cursor(),
        found.more(),
        false);
  }

  private Stretch.Found collect(String direction, @Nullable String from, int limit)
      throws NoAnswer, Refused {
    return new Stretch(account, arrivals, reader, room, deadline, direction).read(from, limit);
  }
}
