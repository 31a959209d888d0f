package dev.parley.adapters.outbound.slack;

import dev.parley.adapters.outbound.support.Deadline;
import dev.parley.domain.message.MessageId;
import dev.parley.ports.BackendException.ContentRejected;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a reply goes: Slack's threads have one level, so to the beginning of its parent's thread.
 */
final class Threads {

  // A reply near the end of the thread window could fall out of it on its way.
  private static final Duration MARGIN = Duration.ofHours(1);
  private static final int MOST = 1_000;

  private final Connection connection;
  private final Map<String, Ts> beginnings =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Ts> eldest) {
              return size() > MOST;
            }
          });

  Threads(Connection connection) {
    this.connection = connection;
  }

  /**
   * The beginning of the thread that a reply is to go to; empty when that is so old that its
   * replies no longer belong to the topic, and the reply goes to the channel.
   *
   * @throws ContentRejected when the parent does not exist
   */
  Optional<Ts> beginningOf(MessageId parent, String channel, Deadline deadline) {
    var key = channel + "/" + parent.value();
    var thread = beginnings.get(key);
    if (thread == null) {
      thread = ask(parent, channel, deadline);
      beginnings.put(key, thread);
    }
    var last = thread.plus(connection.settings().threadWindow()).minus(MARGIN);
    return last.isAfter(connection.clock().now()) ? Optional.of(thread) : Optional.empty();
  }

  private Ts ask(MessageId parent, String channel, Deadline deadline) {
    var ts = Ts.parse(parent.value()).orElseThrow(() -> unknown(parent));
    try {
      var answer =
          connection
              .api()
              .ask(
                  "conversations.replies",
                  Map.of("channel", channel, "ts", ts.toString(), "limit", "1"),
                  deadline);
      var first = answer.path("messages").path(0);
      if (first.isMissingNode()) {
        throw unknown(parent);
      }
      return Ts.parse(first.path("thread_ts").asText("")).orElse(ts);
    } catch (ApiError error) {
      throw error.is("thread_not_found") || error.is("message_not_found")
          ? unknown(parent)
          : connection.faults().of(error, channel);
    }
  }

  private static ContentRejected unknown(MessageId parent) {
    return new ContentRejected(
        "the message '%s' that this is to answer is not in the topic's channel; nothing was posted: answer one that is, or post without a parent"
            .formatted(
                parent.value().length() > 40
                    ? parent.value().substring(0, 40) + "..."
                    : parent.value()));
  }
}
