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

  private static final int FIRST_PART = 32;
  private static final long MOST_WEIGHT = 1_024 * 1_024;

  private final Servers servers;
  private final byte[] stream;
  private final Faults faults;
  private final Entries entries;
  private final List<Message> messages = new ArrayList<>();
  private StreamState state = StreamState.MISSING;
  private boolean startIsPresent;
  private boolean more;
  private int read;
  private long weight;

  Stretch(Servers servers, byte[] stream, TopicName topic, StoreCursors cursors, Faults faults) {
    this.servers = servers;
    this.stream = stream;
    this.faults = faults;
    this.entries = new Entries(topic, cursors);
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
    var last = id;
    var from = id.toString();
    for (var end = false; !end; from = "(" + last) {
      var wanted = wanted(limit) + (from.startsWith("(") ? 0 : 1);
      var part = read(new CommandArguments(Command.XRANGE).add(stream).add(from).add("+"), wanted);
      if (!messages.isEmpty() && part.state().beginsAfter(last)) {
        // Trimmed since the part before: the next page will tell.
        more = part.state().length() > 0;
        return this;
      }
      for (var entry : part.entries()) {
        var entryId = Entries.idOf(entry);
        if (entryId.equals(id)) {
          startIsPresent = true;
        } else if (!add(entry, limit)) {
          return this;
        }
        last = entryId;
      }
      end = part.entries().size() < wanted || last.equals(EntryId.GREATEST);
    }
    return this;
  }

  /** Reads back from an entry; null for the end. */
  Stretch before(@Nullable EntryId id, int limit) {
    // Nothing is before zero, and a server refuses to look there.
    var from = id == null ? "+" : id.equals(EntryId.ZERO) ? "0-0" : "(" + id;
    for (var end = false; !end; ) {
      var wanted = wanted(limit);
      var part =
          read(new CommandArguments(Command.XREVRANGE).add(stream).add(from).add("-"), wanted);
      for (var entry : part.entries()) {
        if (!add(entry, limit)) {
          Collections.reverse(messages);
          return this;
        }
        from = "(" + Entries.idOf(entry);
      }
      end = part.entries().size() < wanted;
    }
    Collections.reverse(messages);
    return this;
  }

  /** One more than the limit, to see whether there are more, as far as there is room. */
  private int wanted(int limit) {
    var left = limit + 1 - messages.size();
    if (read == 0) {
      return Math.min(left, FIRST_PART);
    }
    var room = (MOST_WEIGHT - weight) / Math.max(1, weight / read) + 1;
    return Math.clamp(room, 1, left);
  }

  private boolean add(@Nullable Object entry, int limit) {
    var its = Entries.weightOf(entry);
    if (messages.size() == limit || (weight + its > MOST_WEIGHT && !messages.isEmpty())) {
      more = true;
      return false;
    }
    messages.add(entries.read(entry));
    read++;
    weight += its;
    return true;
  }

  private record Part(StreamState state, List<?> entries) {}

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
            both.getLast() instanceof List<?> found ? found : List.of());
    if (read == 0) {
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
