package dev.parley.adapters.outbound.nats;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream as its leader describes it.
 *
 * @param description what somebody wrote about it; null for nothing
 * @param created when it was created, as the server writes it: a stream made anew has another time
 * @param firstSeq the sequence of the oldest message; one more than the last when it is empty
 * @param lastSeq the sequence last given
 * @param messages how many it holds
 * @param bytes how much they weigh, about
 * @param allowDirect whether every replica answers direct gets
 * @param config all of its configuration
 */
record StreamState(
    String name,
    @Nullable String description,
    List<String> subjects,
    String created,
    long firstSeq,
    long lastSeq,
    long messages,
    long bytes,
    int replicas,
    boolean allowDirect,
    Json config) {

  // Go's zero time, which servers of 2.9 may show while somebody else makes the stream.
  private static final String NOT_YET = "0001-01-01T00:00:00Z";

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  static StreamState of(Json answer) {
    var config = answer.child("config");
    var state = answer.child("state");
    var description = config.text("description", "");
    var messages = state.number("messages", 0);
    var lastSeq = state.number("last_seq", 0);
    return new StreamState(
        config.text("name", ""),
        description.isBlank() ? null : description,
        config.texts("subjects"),
        answer.text("created", ""),
        messages == 0 ? lastSeq + 1 : state.number("first_seq", 1),
        lastSeq,
        messages,
        state.number("bytes", 0),
        (int) config.number("num_replicas", 1),
        config.flag("allow_direct"),
        config);
  }

  /** Whether its creation has not come to an end: it has no epoch yet. */
  boolean isBeingMade() {
    return created.equals(NOT_YET);
  }

  /** When it was created, in nanoseconds and base 36. */
  String epoch() {
    try {
      var instant = Instant.parse(created);
      var nanos = instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
      return Long.toString(nanos, Character.MAX_RADIX);
    } catch (DateTimeException | ArithmeticException odd) {
      return Integer.toHexString(created.hashCode());
    }
  }

  /** How long messages are kept, in nanoseconds; 0 for ever. */
  long maxAge() {
    return config.number("max_age", 0);
  }

  /** The largest message it takes, in bytes; -1 for what the server takes. */
  long maxMessageSize() {
    return config.number("max_msg_size", -1);
  }

  /** Whether a subject is one of its own, as far as it has no wildcards. */
  boolean takes(String subject) {
    return subjects.isEmpty()
        || subjects.contains(subject)
        || subjects.stream().anyMatch(s -> s.contains("*") || s.endsWith(">"));
  }

  /** What a message weighs on average; 0 when there is none. */
  long averageBytes() {
    return messages == 0 ? 0 : bytes / messages;
  }
}
