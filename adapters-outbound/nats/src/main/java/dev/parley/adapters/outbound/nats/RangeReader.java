package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.nats.Unanswered.Why;
import dev.parley.adapters.outbound.support.Deadline;
import io.nats.client.Message;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Reads ranges of a stream: by direct gets where they can be had, else a consumer is made and
 * asked. It is removed after that, unless it gave a whole page of more: the next page is asked of
 * it.
 */
final class RangeReader {

  private static final int MOST_BYTES = 1_024 * 1_024;
  private static final int ROOM_FOR_HEADERS = 8 * 1_024;
  private static final int NO_MESSAGES = 404;
  private static final int NO_MESSAGE_FOUND = 10_037;
  private static final int MOST_FROM_LEADER = 8;

  private final Session session;
  private final StreamApi api;
  private final DirectGets direct;

  RangeReader(Session session) {
    this.session = session;
    this.api = new StreamApi(session);
    this.direct = new DirectGets(session);
  }

  /** At most so many messages from a sequence on, fewer where they weigh much. */
  Range read(StreamState stream, long from, int count, Deadline deadline)
      throws Unanswered, ApiError {
    if (stream.allowDirect() && session.server().givesBatches()) {
      try {
        return direct.batch(stream.name(), from, count, deadline);
      } catch (Unanswered unanswered) {
        passUnlessForbidden(unanswered);
      }
    }
    return pull(stream.name(), from, count, deadline);
  }

  /** Whether the first message alone costs less than a range that begins with it. */
  boolean canReadFirst(StreamState stream) {
    return stream.allowDirect() && !session.server().givesBatches();
  }

  /** The first message from a sequence on; all of the range where that alone cannot be had. */
  Range readFirst(StreamState stream, long from, int count, Deadline deadline)
      throws Unanswered, ApiError {
    try {
      return direct.first(stream.name(), from, deadline);
    } catch (Unanswered unanswered) {
      passUnlessForbidden(unanswered);
      return pull(stream.name(), from, count, deadline);
    }
  }

  /** Direct gets may have been forbidden meanwhile; there is another way then. */
  private static void passUnlessForbidden(Unanswered unanswered) throws Unanswered {
    if (unanswered.why() != Why.NO_RESPONDERS) {
      throw unanswered;
    }
  }

  private Range pull(String stream, long from, int count, Deadline deadline)
      throws Unanswered, ApiError {
    var standing = session.pullConsumers().take(stream, from);
    if (standing.isPresent()) {
      try {
        return ask(stream, standing.get(), count, deadline.ofAttempt(2));
      } catch (Unanswered unanswered) {
        // Lost: servers of 2.9 do not answer then. Another one can be made.
        if (unanswered.why() != Why.NO_RESPONDERS && unanswered.why() != Why.TOO_LATE) {
          throw unanswered;
        }
      }
    }
    var name = session.newName();
    return make(stream, name, from, deadline) ? ask(stream, name, count, deadline) : Range.EMPTY;
  }

  /** Makes a consumer, unless it would have nothing to deliver. */
  private boolean make(String stream, String name, long from, Deadline deadline)
      throws Unanswered, ApiError {
    var config =
        Json.object()
            .put("deliver_policy", "by_start_sequence")
            .put("opt_start_seq", Math.max(1, from))
            .put("ack_policy", "none")
            .put("replay_policy", "instant")
            .put("inactive_threshold", PullConsumers.FORGOTTEN_AFTER.toNanos())
            .put("mem_storage", true)
            .put("num_replicas", 1);
    var pending = 0L;
    try {
      pending = api.createConsumer(stream, name, config, deadline).number("num_pending", 0);
    } catch (ApiError error) {
      if (error.errorCode() != ApiError.STREAM_NOT_FOUND) {
        throw error;
      }
    } finally {
      if (pending == 0) {
        api.deleteConsumer(stream, name);
      }
    }
    return pending > 0;
  }

  /** Asks a consumer once, and keeps it if it then stands before a further page. */
  private Range ask(String stream, String consumer, int count, Deadline deadline)
      throws Unanswered, ApiError {
    var unused = Optional.of(consumer);
    try {
      var range = next(stream, consumer, count, deadline);
      // Only then no message of this request is still to come.
      if (range.more() && range.messages().size() == count) {
        unused = session.pullConsumers().keep(stream, consumer, range.lastOr(0) + 1);
      }
      return range;
    } finally {
      unused.ifPresent(name -> api.deleteConsumer(stream, name));
    }
  }

  private Range next(String stream, String consumer, int count, Deadline deadline)
      throws Unanswered, ApiError {
    var request =
        Json.object()
            .put("batch", count)
            .put("no_wait", true)
            .put(
                "max_bytes",
                Math.max(MOST_BYTES, session.server().maxPayload()) + ROOM_FOR_HEADERS);
    List<Message> answers;
    try (var sent =
        session.pull(
            consumer,
            StreamApi.pull(stream, consumer),
            Json.bytes(request),
            soFar -> isEnd(soFar.getLast()) || soFar.size() == count)) {
      answers = sent.await(deadline);
    }
    var messages = new ArrayList<StoredMessage>(answers.size());
    var more = false;
    for (var answer : answers) {
      if (!answer.isStatusMessage()) {
        messages.add(StoredMessage.delivered(answer));
        more = answer.metaData().pendingCount() > 0;
      } else if (messages.isEmpty() && answer.getStatus().getCode() != NO_MESSAGES) {
        throw ApiError.of(answer.getStatus());
      }
    }
    return new Range(messages, more);
  }

  private static boolean isEnd(Message answer) {
    return answer.isStatusMessage() || answer.metaData().pendingCount() == 0;
  }

  /**
   * Adds what the leader has and the replica that answered may not have yet. A stream of one
   * replica has nobody to be behind.
   *
   * @param from where the range began
   */
  Range completed(Range range, StreamState stream, long from, int count, Deadline deadline)
      throws Unanswered, ApiError {
    if (stream.replicas() == 1 || range.more()) {
      return range;
    }
    var messages = range.messages();
    for (var n = 0; n < MOST_FROM_LEADER; n++) {
      var last = messages.isEmpty() ? from - 1 : messages.getLast().sequence();
      if (last >= stream.lastSeq()) {
        return new Range(messages, false);
      }
      if (messages.size() >= count) {
        return new Range(messages, true);
      }
      var next = fromLeader(stream.name(), last + 1, deadline);
      if (next.isEmpty()) {
        return new Range(messages, false);
      }
      messages = appended(messages, next.get());
    }
    return new Range(messages, true);
  }

  private static List<StoredMessage> appended(List<StoredMessage> messages, StoredMessage one) {
    var longer = new ArrayList<>(messages);
    longer.add(one);
    return longer;
  }

  /** The first message from a sequence on, as the leader has it. */
  private Optional<StoredMessage> fromLeader(String stream, long sequence, Deadline deadline)
      throws Unanswered, ApiError {
    var request = Json.object().put("seq", sequence).put("next_by_subj", ">");
    try {
      var answer =
          api.call("STREAM.MSG.GET." + stream, Json.bytes(request), deadline).child("message");
      return Optional.of(
          new StoredMessage(
              answer.number("seq", 0),
              Base64.getDecoder().decode(answer.text("data", "")),
              () -> StoredMessage.instantOf(answer.text("time", ""))));
    } catch (ApiError error) {
      if (error.errorCode() == NO_MESSAGE_FOUND) {
        return Optional.empty();
      }
      throw error;
    }
  }
}
