package dev.parley.adapters.outbound.xmpp;

import dev.parley.adapters.outbound.xmpp.Archive.Stretch;
import dev.parley.adapters.outbound.xmpp.Place.Position;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the pages of one topic from the archive of its room. */
final class Pages {

  private static final int MOST_MESSAGES = 1_000;
  private static final int USUAL_CHARACTERS = 512 * 1_024;
  // How far after a page its messages' corrections are looked for.
  private static final int LOOK_AHEAD = 20;
  // Retention is counted in days: what began sooner has lost nothing.
  private static final Duration SURELY_KEPT = Duration.ofDays(1);
  // The ids of ejabberd are times. Of one that is gone it says nothing, and goes on after it.
  private static final Pattern TIME = Pattern.compile("[1-9][0-9]{14,17}");
  private static final String UNKNOWN = "item-not-found";

  private final Archive archive;
  private final Reading reading;
  private final Changes changes;
  private final boolean showsAccounts;

  Pages(Archive archive, Reading reading, Changes changes, boolean showsAccounts) {
    this.archive = archive;
    this.reading = reading;
    this.changes = changes;
    this.showsAccounts = showsAccounts;
  }

  Page read(Window window) throws Unanswered, Refused {
    var limit = Math.min(window.limit(), MOST_MESSAGES);
    return switch (window) {
      case Window.Latest(var _) -> latest(limit);
      case Window.Oldest(var _) -> oldest(limit, false, beginning());
      case Window.After(var cursor, var _) -> after(cursor, limit);
      case Window.Before(var cursor, var _) -> before(cursor, limit);
    };
  }

  private Cursor beginning() {
    return reading.place().beginning();
  }

  private Page latest(int limit) throws Unanswered, Refused {
    try {
      var last = archive.last(limit + 2);
      var tail =
          last.items().isEmpty() ? beginning() : reading.place().after(last.items().getLast().id());
      var found = backwards(last, limit);
      return new Page(found.messages(changes), tail, found.more(), false);
    } catch (Refused refused) {
      return withoutRoom(refused, beginning(), false);
    }
  }

  private Page oldest(int limit, boolean gap, Cursor ifEmpty) throws Unanswered, Refused {
    try {
      return forwards(archive.first(limit + LOOK_AHEAD), limit, ifEmpty, gap);
    } catch (Refused refused) {
      return withoutRoom(refused, ifEmpty, gap);
    }
  }

  /** There is no room yet, or no longer. */
  private static Page withoutRoom(Refused refused, Cursor next, boolean gap) throws Refused {
    if (!refused.is(UNKNOWN)) {
      throw refused;
    }
    return new Page(List.of(), next, false, gap);
  }

  private Page after(Cursor cursor, int limit) throws Unanswered, Refused {
    return switch (reading.place().positionOf(cursor)) {
      case Position.Beginning(var seen) -> {
        var page = oldest(limit, false, cursor);
        var old = seen.plus(SURELY_KEPT).isBefore(Instant.now());
        yield old && !page.messages().isEmpty()
            ? new Page(page.messages(), page.next(), page.more(), true)
            : page;
      }
      case Position.After(var id) ->
          TIME.matcher(id).matches() ? afterTime(cursor, id, limit) : afterId(cursor, id, limit);
    };
  }

  private Page afterId(Cursor cursor, String id, int limit) throws Unanswered, Refused {
    Stretch stretch;
    try {
      stretch = archive.after(id, limit + LOOK_AHEAD);
    } catch (Refused refused) {
      if (refused.is(UNKNOWN)) {
        return oldest(limit, true, beginning());
      }
      throw refused;
    }
    return forwards(stretch, limit, cursor, false);
  }

  /** Begins with the place itself, to see whether it is still there. */
  private Page afterTime(Cursor cursor, String id, int limit) throws Unanswered, Refused {
    Stretch stretch;
    try {
      stretch = archive.after(justBefore(id), limit + LOOK_AHEAD + 1);
    } catch (Refused refused) {
      return withoutRoom(refused, beginning(), true);
    }
    var items = stretch.items();
    if (items.isEmpty()) {
      return new Page(List.of(), beginning(), false, true);
    }
    return items.getFirst().id().equals(id)
        ? forwards(
            new Stretch(items.subList(1, items.size()), stretch.complete()), limit, cursor, false)
        : forwards(stretch, limit, cursor, true);
  }

  private static String justBefore(String time) {
    return Long.toString(Long.parseLong(time) - 1);
  }

  private Page before(Cursor cursor, int limit) throws Unanswered, Refused {
    if (!(reading.place().positionOf(cursor) instanceof Position.After(var id))) {
      return new Page(List.of(), cursor, false, false);
    }
    try {
      var found = backwards(archive.before(id, limit + 2), limit);
      if (found.said().isEmpty()) {
        return new Page(List.of(), cursor, false, isGone(id));
      }
      archive.after(id, LOOK_AHEAD).items().forEach(this::noted);
      var messages = found.messages(changes);
      return new Page(messages, messages.getFirst().cursor(), found.more(), false);
    } catch (Refused refused) {
      // What was before a message that is gone is gone as well.
      return withoutRoom(refused, cursor, true);
    }
  }

  private boolean isGone(String time) throws Unanswered, Refused {
    if (!TIME.matcher(time).matches()) {
      return false;
    }
    var items = archive.after(justBefore(time), 1).items();
    return items.isEmpty() || !items.getFirst().id().equals(time);
  }

  private Entry noted(Stored stored) {
    var entry = reading.archived(stored, showsAccounts);
    changes.note(entry);
    return entry;
  }

  /** Messages that fit a page, and whether there are more of them. */
  private record Found(List<Entry.Said> said, boolean more) {
    List<Message> messages(Changes changes) {
      return said.stream().map(changes::applied).toList();
    }
  }

  /** Takes messages as long as they fit, and looks at what follows for their corrections. */
  private Page forwards(Stretch first, int limit, Cursor from, boolean gap)
      throws Unanswered, Refused {
    var taken = new Taken(limit);
    @Nullable String passed = null;
    var beyond = 0;
    for (var stretch = first; ; stretch = archive.after(lastOf(stretch), limit + LOOK_AHEAD)) {
      for (var item : stretch.items()) {
        taken.offer(noted(item));
        if (taken.overflows()) {
          beyond++;
        } else {
          passed = item.id();
        }
      }
      if (stretch.complete() || (taken.overflows() && beyond >= LOOK_AHEAD)) {
        break;
      }
    }
    var found = new Found(taken.said, taken.overflows());
    return new Page(
        found.messages(changes),
        passed == null ? from : reading.place().after(passed),
        found.more(),
        gap);
  }

  /** Takes messages from the end as long as they fit. */
  private Found backwards(Stretch last, int limit) throws Unanswered, Refused {
    var taken = new Taken(limit);
    for (var stretch = last; ; stretch = archive.before(firstOf(stretch), limit + 2)) {
      var entries = stretch.items().stream().map(this::noted).toList();
      entries.reversed().forEach(taken::offer);
      if (stretch.complete() || taken.overflows()) {
        Collections.reverse(taken.said);
        return new Found(taken.said, taken.overflows());
      }
    }
  }

  private static String lastOf(Stretch stretch) {
    return stretch.items().getLast().id();
  }

  private static String firstOf(Stretch stretch) {
    return stretch.items().getFirst().id();
  }

  /** What a page has taken so far. */
  private static final class Taken {
    private final int limit;
    private final List<Entry.Said> said = new ArrayList<>();
    private int characters;
    private boolean overflows;

    Taken(int limit) {
      this.limit = limit;
    }

    void offer(Entry entry) {
      if (overflows || !(entry instanceof Entry.Said message)) {
        return;
      }
      var size = message.message().content().length();
      if (said.size() == limit || (!said.isEmpty() && characters + size > USUAL_CHARACTERS)) {
        overflows = true;
      } else {
        said.add(message);
        characters += size;
      }
    }

    boolean overflows() {
      return overflows;
    }
  }
}
