package dev.parley.adapters.outbound.redis;

import dev.parley.adapters.outbound.support.StoreCursors;
import dev.parley.domain.message.Message;
import dev.parley.domain.topic.TopicName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Reads entries of one stream in one direction: a few first, and then as many as there is room for,
 * since a range has no limit in bytes. Each part comes with the state of the stream at its moment.
 */
final class Stretch {

  private static final int SMALL_PART = 32;
  private static final int LARGE_PART = 256;
  private static final long MOST_WEIGHT = 1_024 * 1_024;

  private final Servers servers;
  private final byte[] stream;
  private final Faults faults;
  private final Entries reader;
  private final int firstPart;
  private final List<Message> messages = new ArrayList<>();
  private StreamState state = StreamState.MISSING;
  private boolean startIsPresent;
  private boolean more;
  private long weight;

  /**
   * A stretch that was not read yet.
   *
   * @param expectedWeight about how many bytes a message of this topic takes here; 0 if not known
   */
  Stretch(
      Servers servers,
      byte[] stream,
      TopicName topic,
      StoreCursors cursors,
      Faults faults,
      int expectedWeight) {
    this.servers = servers;
    this.stream = stream;
    this.faults = faults;
    this.reader = new Entries(topic, cursors);
    this.firstPart =
        expectedWeight == 0 ? SMALL_PART : Math.clamp(MOST_WEIGHT / expectedWeight, 1, LARGE_PART);
  }

  /** What was read, oldest first. */
  List<Message> messages() {
    return messages;
  }

  /** Whether there are further ones in the same direction. */
  boolean more() {
    return more;
  }

  /** The state of the stream when reading began. */
  StreamState state() {
    return state;
  }

  /** Whether the entry exists after which reading began. */
  boolean startIsPresent() {
    return startIsPresent;
  }

  /** Reads on after an entry; zero for the beginning. */
  Stretch after(EntryId id, int limit) {
    // The entry itself is read too: whether it is there tells whether this is the same history.
    var part = readAscending(id.toString(), wanted(limit) + 1);
    var entries = part.entries();
    startIsPresent = !entries.isEmpty() && Entries.idOf(entries.getFirst()).equals(id);
    if (startIsPresent) {
      entries = entries.subList(1, entries.size());
    }
    while (addAll(entries, limit) && part.isFull() && !entries.isEmpty()) {
      var last = Entries.idOf(entries.getLast());
      if (last.equals(EntryId.GREATEST)) {
        return this;
      }
      part = readAscending("(" + last, wanted(limit));
      if (part.state().beginsAfter(last)) {
        // Trimmed since the part before: the next page will tell.
        more = part.state().length() > 0;
        return this;
      }
      entries = part.entries();
    }
    return this;
  }

  /** Reads back from an entry; null for the end. */
  Stretch before(@Nullable EntryId id, int limit) {
    // Nothing is before zero, and a server refuses to look there.
    var from = id == null ? "+" : id.equals(EntryId.ZERO) ? "0-0" : "(" + id;
    var part = readDescending(from, wanted(limit));
    while (addAll(part.entries(), limit) && part.isFull()) {
      part = readDescending("(" + Entries.idOf(part.entries().getLast()), wanted(limit));
    }
    Collections.reverse(messages);
    return this;
  }

  /** One more than the limit, to see whether there are more, as far as there is room. */
  private int wanted(int limit) {
    var left = limit + 1 - messages.size();
    if (messages.isEmpty()) {
      return Math.min(left, firstPart);
    }
    var room = (MOST_WEIGHT - weight) / averageWeight() + 1;
    return Math.clamp(room, 1, left);
  }

  /** About how many bytes one of the messages takes here. */
  int averageWeight() {
    return messages.isEmpty() ? 0 : Math.toIntExact(weight / messages.size());
  }

  /** Adds entries while there is room; false when there is none. */
  private boolean addAll(List<?> entries, int limit) {
    for (var entry : entries) {
      if (!add(entry, limit)) {
        return false;
      }
    }
    return true;
  }

  private boolean add(@Nullable Object entry, int limit) {
    var its = Entries.weightOf(entry);
    if (messages.size() == limit || (weight + its > MOST_WEIGHT && !messages.isEmpty())) {
      more = true;
      return false;
    }
    messages.add(reader.read(entry));
    weight += its;
    return true;
  }

  private record Part(StreamState state, List<?> entries, int wanted) {

    boolean isFull() {
      return entries.size() >= wanted;
    }
  }

  private Part readAscending(String from, int count) {
    return read(new CommandArguments(Command.XRANGE).add(stream).add(from).add("+"), count);
  }

  private Part readDescending(String from, int count) {
    return read(new CommandArguments(Command.XREVRANGE).add(stream).add(from).add("-"), count);
  }

  private Part read(CommandArguments range, int count) {
    var replies =
        servers.read(
            stream,
            List.of(
                new CommandArguments(Command.MULTI),
                StreamState.ask(stream),
                range.add("COUNT").add(count),
                new CommandArguments(Command.EXEC)));
    replies.forEach(this::check);
    if (!(replies.getLast() instanceof List<?> both) || both.size() != 2) {
      throw new IllegalArgumentException("the server sent something else for a page");
    }
    both.forEach(this::check);
    var part =
        new Part(
            StreamState.of(both.getFirst()),
            both.getLast() instanceof List<?> found ? found : List.of(),
            count);
    if (messages.isEmpty()) {
      state = part.state();
    }
    return part;
  }

  private void check(@Nullable Object reply) {
    if (reply instanceof JedisDataException error) {
      throw faults.refused(error);
    }
  }
}
