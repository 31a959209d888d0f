package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.nats.Place.Position;
import dev.parley.adapters.outbound.nats.Streams.Known;
import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.domain.history.Page;
import dev.parley.domain.history.Window;
import dev.parley.domain.message.Cursor;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the pages of one topic over one connection. */
final class Pages {

  private static final int MOST_MESSAGES = 1_000;
  private static final int USUAL_BYTES = 1_024 * 1_024;
  private static final int WIDER = 4;
  private static final Duration PAUSE = Duration.ofMillis(25);
  private static final int LOOKS = 20;

  private final Streams streams;
  private final Session session;
  private final TopicName topic;
  private final Deadline deadline;
  private final StreamApi api;
  private final RangeReader ranges;

  Pages(Streams streams, Session session, TopicName topic, Deadline deadline) {
    this.streams = streams;
    this.session = session;
    this.topic = topic;
    this.deadline = deadline;
    this.api = new StreamApi(session);
    this.ranges = new RangeReader(session);
  }

  Page read(Window window) throws Unanswered, ApiError {
    var limit = Math.min(window.limit(), MOST_MESSAGES);
    if (window instanceof Window.After(var cursor, var _)) {
      return after(cursor, limit);
    }
    if (window instanceof Window.Before(var cursor, var _)) {
      return before(cursor, limit);
    }
    return window instanceof Window.Oldest ? oldest(limit) : latest(limit);
  }

  private Page latest(int limit) throws Unanswered, ApiError {
    var found = streams.find(session, topic, deadline);
    if (found.isEmpty()) {
      return emptyPage(streams.withoutStream(topic).after(0), false);
    }
    var stream = found.get().stream();
    var messages = backwards(stream, stream.lastSeq() + 1, limit);
    return messages.isEmpty()
        ? emptyPage(found.get().place().after(stream.lastSeq()), false)
        : new Page(
            shown(found.get(), messages),
            found.get().place().after(messages.getLast().sequence()),
            messages.getFirst().sequence() > stream.firstSeq(),
            false);
  }

  private Page oldest(int limit) throws Unanswered, ApiError {
    var found = streams.find(session, topic, deadline);
    return found.isEmpty()
        ? emptyPage(streams.withoutStream(topic).after(0), false)
        : oldest(found.get(), limit, false);
  }

  private Page oldest(Known found, int limit, boolean gap) throws Unanswered, ApiError {
    var first = found.stream().firstSeq();
    return forwards(found, range(found.stream(), first, limit), first - 1, gap);
  }

  private Page before(Cursor cursor, int limit) throws Unanswered, ApiError {
    var found = streams.find(session, topic, deadline);
    if (found.isEmpty()) {
      return withoutStream(cursor);
    }
    var stream = found.get().stream();
    if (!(found.get().place().positionOf(cursor) instanceof Position.After(var sequence))
        || sequence > stream.lastSeq()) {
      return oldest(found.get(), limit, true);
    }
    var messages = backwards(stream, sequence, limit);
    return messages.isEmpty()
        ? emptyPage(cursor, sequence > 0 && sequence < stream.firstSeq())
        : new Page(
            shown(found.get(), messages),
            found.get().place().after(messages.getFirst().sequence()),
            messages.getFirst().sequence() > stream.firstSeq(),
            false);
  }

  private Page after(Cursor cursor, int limit) throws Unanswered, ApiError {
    var before = streams.lastSeen(session, topic);
    if (before == null
        || !(before.place().positionOf(cursor) instanceof Position.After(var expected))) {
      var found = streams.find(session, topic, deadline);
      return found.isEmpty() ? withoutStream(cursor) : after(found.get(), cursor, limit);
    }
    // Both are on their way at once: in the steady state a page costs one round trip.
    Range range;
    Optional<StreamState> answer;
    var firstOnly = expected >= before.stream().lastSeq() && ranges.canReadFirst(before.stream());
    try (var asked = api.sendStreamInfo(before.stream().name())) {
      range =
          firstOnly
              ? ranges.readFirst(before.stream(), expected + 1, limit, deadline)
              : ranges.read(before.stream(), expected + 1, limit, deadline);
      answer = StreamApi.streamInfo(asked, deadline);
    }
    if (answer.isEmpty()) {
      return withoutStream(cursor);
    }
    var found = streams.seen(session, topic, answer.get());
    if (!before.place().isOf(found.stream())
        || (firstOnly && !range.isEmpty() && range.lastOr(0) < found.stream().lastSeq())) {
      return after(found, cursor, limit);
    }
    return after(found, range, cursor, expected, limit);
  }

  private Page after(Known found, Cursor cursor, int limit) throws Unanswered, ApiError {
    return found.place().positionOf(cursor) instanceof Position.After(var sequence)
        ? after(found, range(found.stream(), sequence + 1, limit), cursor, sequence, limit)
        : oldest(found, limit, true);
  }

  private Page after(Known found, Range read, Cursor cursor, long sequence, int limit)
      throws Unanswered, ApiError {
    var stream = found.stream();
    if (sequence > stream.lastSeq()) {
      return beyondTheEnd(found, cursor, sequence, limit);
    }
    var range = ranges.completed(read, stream, sequence + 1, limit, deadline);
    if (range.isEmpty() && sequence == stream.lastSeq()) {
      return emptyPage(cursor, false);
    }
    if (!range.isEmpty() && range.messages().getFirst().sequence() == sequence + 1) {
      return forwards(found, range, sequence, false);
    }
    return afterHole(sequence, limit, range);
  }

  /**
   * The next message is not the next sequence: it was deleted, or fell to retention. Only a look at
   * the stream after the reading tells which, and only a reading after that look, that nothing came
   * in between.
   */
  private Page afterHole(long sequence, int limit, Range read) throws Unanswered, ApiError {
    var now = streams.find(session, topic, deadline);
    if (now.isEmpty()) {
      return emptyPage(streams.withoutStream(topic).after(0), true);
    }
    var stream = now.get().stream();
    var range = read.isEmpty() ? range(stream, sequence + 1, limit) : read;
    return forwards(
        now.get(), range, Math.max(sequence, stream.lastSeq()), sequence + 1 < stream.firstSeq());
  }

  /**
   * A sequence that was not given yet: the stream was put back from an older copy. A leader elected
   * just now may only not have caught up with what its predecessor confirmed.
   */
  private Page beyondTheEnd(Known found, Cursor cursor, long sequence, int limit)
      throws Unanswered, ApiError {
    if (found.stream().replicas() > 1) {
      for (var n = 0; n < LOOKS; n++) {
        session.pause(PAUSE);
        var now = streams.find(session, topic, deadline);
        if (now.isEmpty() || sequence <= now.get().stream().lastSeq()) {
          return now.isEmpty() ? withoutStream(cursor) : after(now.get(), cursor, limit);
        }
      }
    }
    return oldest(found, limit, true);
  }

  private Page withoutStream(Cursor cursor) {
    var place = streams.withoutStream(topic);
    var former = place.positionOf(cursor) instanceof Position.InFormerStream;
    return emptyPage(former ? place.after(0) : cursor, former);
  }

  private Page forwards(Known found, Range range, long placeIfEmpty, boolean gap) {
    return range.isEmpty()
        ? emptyPage(found.place().after(placeIfEmpty), gap)
        : new Page(
            shown(found, range.messages()),
            found.place().after(range.lastOr(placeIfEmpty)),
            range.more(),
            gap);
  }

  private static Page emptyPage(Cursor next, boolean gap) {
    return new Page(List.of(), next, false, gap);
  }

  private static List<Message> shown(Known found, List<StoredMessage> messages) {
    return messages.stream()
        .map(m -> Records.read(found.place(), m.sequence(), m.payload(), m.stored()))
        .toList();
  }

  private Range range(StreamState stream, long from, int limit) throws Unanswered, ApiError {
    return ranges.completed(
        ranges.read(stream, from, limit, deadline), stream, from, limit, deadline);
  }

  /**
   * The last messages before a sequence. The server reads forwards only, so a window before the end
   * is read, and moved and sized by what it turns out to hold: it may be heavy, or have holes.
   */
  private List<StoredMessage> backwards(StreamState stream, long before, int limit)
      throws Unanswered, ApiError {
    var found = new ArrayList<StoredMessage>();
    var end = before;
    long width = Math.min(limit, USUAL_BYTES / Math.max(1, stream.averageBytes()) + 1);
    var heavy = false;
    while (end > stream.firstSeq() && found.size() < limit && !(heavy && !found.isEmpty())) {
      var begin = Math.max(stream.firstSeq(), end - width);
      var asked = (int) Math.min(end - begin, MOST_MESSAGES);
      var range = range(stream, begin, asked);
      var window = within(range, end);
      if (window.size() == range.messages().size() && range.more() && !reaches(window, end)) {
        // More of it than fits: only its end counts.
        width = Math.max(1, Math.min(width / 2, window.size()));
        heavy = true;
        continue;
      }
      var wanted = limit - found.size();
      found.addAll(0, window.subList(Math.max(0, window.size() - wanted), window.size()));
      end = begin;
      if (window.isEmpty() && !heavy) {
        width *= WIDER;
      }
    }
    return found;
  }

  private static List<StoredMessage> within(Range range, long end) {
    return range.messages().stream().filter(m -> m.sequence() < end).toList();
  }

  private static boolean reaches(List<StoredMessage> window, long end) {
    return !window.isEmpty() && window.getLast().sequence() == end - 1;
  }
}
