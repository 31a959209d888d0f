package dev.parley.adapters.outbound.slack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stretches of a topic: what was said in the channel and the replies in its threads, in one order.
 * A reply belongs to the topic when it came within the thread window after the message that it
 * answers; that does not change with time, so the topic does not either.
 */
final class Stretch {

  private static final Duration FIRST_SLICE = Duration.ofDays(1);
  private static final int GROWTH = 8;

  private final History history;
  private final Duration window;
  private final Ts now;

  /**
   * Stretches of a channel.
   *
   * @param now a time of Slack's that is not ahead
   */
  Stretch(History history, Duration window, Ts now) {
    this.history = history;
    this.window = window;
    this.now = now;
  }

  /**
   * What follows a place.
   *
   * @param messages the first ones after the place, as many as were asked for where there are
   * @param keptBefore whether anything at or before the place is kept
   */
  record Following(List<Entry> messages, boolean keptBefore) {}

  /** The first messages after a place. */
  Following after(Ts place, int wanted) {
    var known = new TreeMap<Ts, Entry>();
    var said = new ArrayList<Entry>();
    var width = FIRST_SLICE;
    var from = place.minus(window);
    var end = endOfSlice(place, width);
    while (true) {
      for (var entry : history.between(before(from), end)) {
        known.put(entry.ts(), entry);
        if (entry.ts().isAfter(place) && isSaid(entry)) {
          said.add(entry);
        }
      }
      if (said.size() >= wanted || end == null) {
        break;
      }
      width = width.multipliedBy(GROWTH);
      from = end;
      end = endOfSlice(end, width);
    }
    said.sort(null);
    var last = said.size() >= wanted ? said.get(wanted - 1).ts().next() : end;
    var messages = merged(said, known, place, last);
    var keptBefore =
        place.equals(Ts.BEGINNING)
            || !known.headMap(place, true).isEmpty()
            || history.keepsAnythingBefore(place.next());
    return new Following(first(messages, wanted), keptBefore);
  }

  /** The last messages before a place, or of all when it is null. */
  List<Entry> before(@Nullable Ts place, int wanted) {
    var known = new TreeMap<Ts, Entry>();
    history.newest(place, wanted).forEach(entry -> known.put(entry.ts(), entry));
    var said = new ArrayList<>(known.values().stream().filter(Stretch::isSaid).toList());
    var lowest = Ts.BEGINNING;
    if (said.size() >= wanted) {
      lowest = before(said.get(said.size() - wanted).ts());
      history
          .between(before(lowest.minus(window)), known.firstKey())
          .forEach(entry -> known.put(entry.ts(), entry));
    }
    var messages = merged(said, known, lowest, place);
    return messages.subList(Math.max(0, messages.size() - wanted), messages.size());
  }

  /** What was said between two places, both excluded, with the replies of the known threads. */
  private List<Entry> merged(
      List<Entry> said, NavigableMap<Ts, Entry> known, Ts oldest, @Nullable Ts latest) {
    Map<Ts, Entry> merged = new TreeMap<>();
    for (var entry : said) {
      if (entry.ts().isAfter(oldest) && (latest == null || latest.isAfter(entry.ts()))) {
        merged.put(entry.ts(), entry);
      }
    }
    for (var thread : known.values()) {
      if (thread.latestReply().isAfter(oldest) && (latest == null || latest.isAfter(thread.ts()))) {
        for (var reply : history.replies(thread.ts(), oldest, latest)) {
          if (reply.isMessage() && !reply.ts().isAfter(thread.ts().plus(window))) {
            merged.putIfAbsent(reply.ts(), reply);
          }
        }
      }
    }
    return new ArrayList<>(merged.values());
  }

  private static boolean isSaid(Entry entry) {
    return entry.isMessage();
  }

  private static List<Entry> first(List<Entry> messages, int wanted) {
    return messages.subList(0, Math.min(wanted, messages.size()));
  }

  /** The place just before, since bounds are excluded. */
  private static Ts before(Ts place) {
    return new Ts(Math.max(0, place.micros() - 1));
  }

  private @Nullable Ts endOfSlice(Ts begin, Duration width) {
    var end = begin.plus(width);
    return now.equals(Ts.BEGINNING) || end.isAfter(now) ? null : end;
  }
}
