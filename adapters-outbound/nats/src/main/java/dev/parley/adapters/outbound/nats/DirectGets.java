package dev.parley.adapters.outbound.nats;

import dev.parley.adapters.outbound.support.Deadline;
import io.nats.client.Message;
import io.nats.client.support.JsonValueUtils.MapBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads streams that allow direct gets, from whichever replica is near and without a consumer. A
 * server of 2.11 or later gives a batch for one request, one before that a single message.
 */
final class DirectGets {

  private static final int MOST_BYTES = 1_024 * 1_024;
  private static final int END_OF_BATCH = 204;
  private static final int NO_MESSAGES = 404;
  private static final String PENDING = "Nats-Num-Pending";

  private final Session session;

  DirectGets(Session session) {
    this.session = session;
  }

  /** At most so many messages from a sequence on, fewer where they weigh much. */
  Range batch(String stream, long from, int count, Deadline deadline) throws Unanswered, ApiError {
    var request = request(from).put("batch", count).put("max_bytes", MOST_BYTES);
    var answers = ask(stream, request, soFar -> soFar.getLast().isStatusMessage(), deadline);
    var end = answers.getLast();
    if (end.getStatus().getCode() == NO_MESSAGES) {
      return Range.EMPTY;
    }
    if (end.getStatus().getCode() != END_OF_BATCH) {
      throw ApiError.of(end.getStatus());
    }
    var messages = new ArrayList<StoredMessage>(answers.size() - 1);
    for (var answer : answers.subList(0, answers.size() - 1)) {
      messages.add(StoredMessage.gotten(answer));
    }
    var pending = end.getHeaders() == null ? null : end.getHeaders().getFirst(PENDING);
    return new Range(messages, pending != null && !pending.equals("0"));
  }

  /** The first message from a sequence on, and nothing of what may follow it. */
  Range first(String stream, long from, Deadline deadline) throws Unanswered, ApiError {
    var answer =
        ask(stream, request(from).put("next_by_subj", ">"), soFar -> true, deadline).getFirst();
    if (!answer.isStatusMessage()) {
      return new Range(List.of(StoredMessage.gotten(answer)), false);
    }
    if (answer.getStatus().getCode() == NO_MESSAGES) {
      return Range.EMPTY;
    }
    throw ApiError.of(answer.getStatus());
  }

  private static MapBuilder request(long from) {
    return Json.object().put("seq", Math.max(1, from));
  }

  private List<Message> ask(
      String stream, MapBuilder request, Predicate<List<Message>> complete, Deadline deadline)
      throws Unanswered {
    try (var sent = session.send(StreamApi.directGet(stream), Json.bytes(request), complete)) {
      return sent.await(deadline);
    }
  }
}
